import { BaseService, type MethodOf, type OperationPolicy, type ServiceContext } from '@gradvis/base-service'

import { bareEcho, type Note, noteContract } from './note.ts'

type Operations = typeof noteContract.operations

/** The bare method behind BaseService, under whatever policy is to be measured. */
export class NoteService extends BaseService<typeof noteContract> {
  readonly echo: MethodOf<Operations['echo']>
  readonly audited: MethodOf<Operations['audited']>

  constructor(context: ServiceContext, policy: OperationPolicy<Note>) {
    super(noteContract, context)
    this.echo = this.operation('echo', bareEcho, policy)
    this.audited = this.operation('audited', bareEcho, policy)
  }
}
