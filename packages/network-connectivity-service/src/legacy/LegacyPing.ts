import { randomBytes } from 'node:crypto'
import http, { type ClientRequest, type IncomingMessage } from 'node:http'
import https from 'node:https'
import { isIP, type LookupFunction, type Socket } from 'node:net'
import type { TLSSocket } from 'node:tls'

import type { Clock, Disposer } from '@gradvis/kernel'

import type { LegacySettings, LegacyTarget } from './LegacyConfig.ts'
import { LegacyNameLookup } from './LegacyNameLookup.ts'
import { LegacyNetworkError } from './LegacyNetworkError.ts'
import { codesOf, type LegacyPhase, type LegacyProblem, problemOf, timeoutProblem } from './legacyProblems.ts'

export type LegacyTiming = { phase: LegacyPhase; passed: boolean; took: number; note: string }

export type LegacyPingResult = {
  label: string
  kind: 'own' | 'internet'
  up: boolean
  httpStatus: number | null
  problem: LegacyProblem | null
  took: number
  timings: LegacyTiming[]
}

const MAX_BODY = 16_384

/** One request over a connection of its own. Resolves whatever the network does; rejects only when it is aborted. */
export class LegacyPing {
  readonly #target: LegacyTarget
  readonly #settings: LegacySettings
  readonly #clock: Clock
  readonly #nonce = randomBytes(16).toString('hex')
  readonly #timings: LegacyTiming[] = []
  readonly #startedAt: number
  #phase: LegacyPhase = 'dns'
  #phaseStartedAt: number
  #lookup: LegacyNameLookup | null = null
  #request: ClientRequest | null = null
  #agent: http.Agent | null = null
  #timer: Disposer | null = null
  #isDone = false
  #resolve: (result: LegacyPingResult) => void = () => {}
  #reject: (error: Error) => void = () => {}

  constructor(target: LegacyTarget, settings: LegacySettings, clock: Clock) {
    this.#target = target
    this.#settings = settings
    this.#clock = clock
    this.#startedAt = clock.monotonicMs()
    this.#phaseStartedAt = this.#startedAt
  }

  run(timeout: number): Promise<LegacyPingResult> {
    return new Promise((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
      this.#timer = this.#clock.schedule(timeout, () => this.#fail(timeoutProblem(this.#phase), 'silence'))
      try {
        this.#send()
      } catch (error) {
        this.#onError(error)
      }
    })
  }

  abort(): void {
    if (this.#isDone) return
    this.#cleanUp()
    this.#reject(new LegacyNetworkError('ABORTED', this.#target.label, 'the ping was aborted'))
  }

  #send(): void {
    const { url, hostname, isSecure, trust } = this.#target
    const options: https.RequestOptions = {
      method: 'GET',
      hostname,
      port: url.port === '' ? (isSecure ? 443 : 80) : Number(url.port),
      path: `${url.pathname}${url.search}${url.search === '' ? '?' : '&'}nonce=${this.#nonce}`,
      headers: { host: url.host, accept: '*/*', 'cache-control': 'no-store', connection: 'close' },
      lookup: this.#lookUp,
    }
    if (isSecure) {
      this.#agent = new https.Agent({ keepAlive: false, maxCachedSessions: 0 })
      if (trust !== null) options.ca = trust
      if (isIP(hostname) === 0) options.servername = hostname
    } else {
      this.#agent = new http.Agent({ keepAlive: false })
    }
    options.agent = this.#agent
    if (isIP(hostname) !== 0) this.#pass(hostname, 'connect')
    this.#request = isSecure ? https.request(options) : http.request(options)
    this.#request.on('socket', (socket) => this.#onSocket(socket))
    this.#request.on('response', (response) => this.#onResponse(response))
    this.#request.on('error', (error) => this.#onError(error))
    this.#request.end()
  }

  readonly #lookUp: LookupFunction = (hostname, options, callback) => {
    this.#lookup = new LegacyNameLookup(this.#clock, hostname, this.#settings.nameservers, (error, addresses) => {
      if (this.#isDone) return
      const [first] = addresses
      if (error || !first) {
        callback(error ?? Object.assign(new Error('no address'), { code: 'ENODATA' }), '')
        return
      }
      this.#pass(addresses.map((one) => one.address).join(', '), 'connect')
      if (options.all === true) callback(null, addresses)
      else callback(null, first.address, first.family)
    })
    this.#lookup.start()
  }

  #onSocket(socket: Socket): void {
    socket.once('connect', () => {
      this.#pass(`${socket.remoteAddress}:${socket.remotePort}`, this.#target.isSecure ? 'tls' : 'http')
    })
    socket.once('secureConnect', () => this.#pass((socket as TLSSocket).getProtocol() ?? '', 'http'))
  }

  #onResponse(response: IncomingMessage): void {
    const status = response.statusCode ?? 0
    const note = `HTTP ${status}`
    if (status === 511 || (status >= 300 && status < 400)) this.#fail('LOGIN_PAGE', note, status)
    else if (status < 200 || status > 299) this.#fail('HTTP_STATUS', note, status)
    else if (this.#target.mustContain === null && !this.#target.mustEcho) this.#succeed(note, status)
    else this.#readBody(response, note, status)
  }

  #readBody(response: IncomingMessage, note: string, status: number): void {
    let body = ''
    const judge = () => {
      if (this.#isPromised(body.slice(0, MAX_BODY))) this.#succeed(note, status)
      else this.#fail('LOGIN_PAGE', `${note}, foreign body`, status)
    }
    response.setEncoding('utf8')
    response.on('data', (chunk: string) => {
      body += chunk
      if (body.length >= MAX_BODY) judge()
    })
    response.on('end', judge)
    response.on('error', (error) => this.#onError(error))
  }

  #isPromised(body: string): boolean {
    const { mustContain, mustEcho } = this.#target
    if (mustContain !== null && !body.includes(mustContain)) return false
    return !mustEcho || body.includes(this.#nonce)
  }

  #onError(error: unknown): void {
    if (this.#isDone) return
    const codes = codesOf(error)
    this.#fail(problemOf(this.#phase, codes), codes.join(', ') || 'unknown failure')
  }

  /** The current phase went well; the next one begins. */
  #pass(note: string, next: LegacyPhase): void {
    if (this.#isDone) return
    this.#addTiming(true, note)
    this.#phase = next
  }

  #succeed(note: string, status: number): void {
    if (this.#isDone) return
    this.#addTiming(true, note)
    this.#finish(null, status)
  }

  #fail(problem: LegacyProblem, note: string, status: number | null = null): void {
    if (this.#isDone) return
    this.#addTiming(false, note)
    this.#finish(problem, status)
  }

  #addTiming(passed: boolean, note: string): void {
    const now = this.#clock.monotonicMs()
    this.#timings.push({ phase: this.#phase, passed, took: now - this.#phaseStartedAt, note })
    this.#phaseStartedAt = now
  }

  #finish(problem: LegacyProblem | null, httpStatus: number | null): void {
    this.#cleanUp()
    const { label, kind } = this.#target
    const took = this.#clock.monotonicMs() - this.#startedAt
    const timings = this.#timings
    this.#resolve({ label, kind, up: problem === null, httpStatus, problem, took, timings })
  }

  #cleanUp(): void {
    this.#isDone = true
    this.#timer?.()
    this.#lookup?.cancel()
    // Destroying makes the request fail once more; by now nobody is interested.
    this.#request?.on('error', () => {})
    this.#request?.destroy()
    this.#agent?.destroy()
  }
}
