import { EventEmitter } from 'node:events'

import type { AudioState } from '../PeerSession.ts'
import type { SignallingChannel, SignallingMessage } from '../signalling/SignallingTransport.ts'
import { LegacyConnection } from './LegacyConnection.ts'
import { checkAudioPacket, type LegacyAudioPacket, readSignal, writeFrame } from './legacyMessages.ts'
import { joinSignalling } from './joinSignalling.ts'
import { LegacyPeerError } from './LegacyPeerError.ts'
import { type LegacyMember, toMember } from './LegacyMember.ts'
import type { LegacyRoomEvents, LegacyRoomSettings } from './LegacyRoomSettings.ts'
import { orAborted } from './orAborted.ts'

const MAX_KEPT_MESSAGES = 64

/** A room that has been entered. Emits what happens in it until `exit`. */
export class LegacyRoom extends EventEmitter<LegacyRoomEvents> {
  readonly room: string
  readonly name: string
  readonly #settings: LegacyRoomSettings
  readonly #connections = new Map<string, LegacyConnection>()
  readonly #hangUps = new Set<Promise<void>>()
  #channel: SignallingChannel | undefined
  #keptMessages: { from: string; data: string | Uint8Array }[] | undefined = []
  #microphoneAllowed: boolean
  #microphoneOn = true
  #exit: Promise<void> | undefined
  #error: LegacyPeerError | undefined

  constructor(settings: LegacyRoomSettings) {
    super()
    this.room = settings.room
    this.name = settings.name
    this.#settings = settings
    this.#microphoneAllowed = settings.microphoneAllowed
  }

  get microphone(): AudioState {
    if (this.#exit || !this.#microphoneAllowed) return 'withheld'
    return this.#microphoneOn ? 'live' : 'muted'
  }

  get hasLeft(): boolean {
    return this.#exit !== undefined
  }

  get heldBytes(): number {
    let bytes = 0
    for (const connection of this.#connections.values()) bytes += connection.heldBytes
    return bytes
  }

  /** Called once by LegacyWebRTCPeer. */
  async enter(abort: AbortSignal): Promise<void> {
    try {
      this.#channel = await joinSignalling(this.#settings.signalling, this.room, this.name, abort)
      const present = this.#channel.present.map((name) => this.#connectTo(name))
      this.#channel.onMessage((message) => this.#gotSignalling(message))
      await orAborted(Promise.all(present.map((connection) => connection.settled())), abort)
      if (this.#error) throw this.#error
      const failed = present.find((connection) => connection.error)
      if (failed?.error && !present.some((connection) => connection.status === 'up')) throw failed.error
    } catch (error) {
      await this.exit()
      throw error
    }
  }

  members(): LegacyMember[] {
    const members = [...this.#connections.values()].map((connection) => toMember(connection))
    return members.sort((a, b) => (a.name < b.name ? -1 : 1))
  }

  /** Hands over what came before anyone listened, and keeps nothing from here on. */
  takeKeptMessages(): { from: string; data: string | Uint8Array }[] {
    const kept = this.#keptMessages ?? []
    this.#keptMessages = undefined
    return kept
  }

  async whisper(name: string, data: string | Uint8Array, abort?: AbortSignal): Promise<void> {
    this.#assertInside()
    const frame = writeFrame(data)
    const connection = this.#connections.get(name)
    if (!connection) throw new LegacyPeerError('NOT_CONNECTED')
    await connection.sendMessage(frame, abort)
  }

  async broadcast(data: string | Uint8Array, abort?: AbortSignal): Promise<void> {
    this.#assertInside()
    const frame = writeFrame(data)
    const up = [...this.#connections.values()].filter(({ status }) => status === 'up')
    const results = await Promise.allSettled(up.map((connection) => connection.sendMessage(frame, abort)))
    if (abort?.aborted) throw new LegacyPeerError('ABORTED')
    if (this.#exit && results.some(({ status }) => status === 'rejected')) throw new LegacyPeerError('ROOM_LEFT')
  }

  pushAudio(packet: LegacyAudioPacket): boolean {
    checkAudioPacket(packet)
    if (this.microphone !== 'live') return false
    let sent = false
    for (const connection of this.#connections.values()) {
      if (connection.status !== 'up') continue
      connection.sendAudio(packet)
      sent = true
    }
    return sent
  }

  setMicrophone(on: boolean): void {
    if (on) {
      this.#assertInside()
      if (!this.#microphoneAllowed) throw new LegacyPeerError('NO_PERMISSION')
    }
    this.#microphoneOn = on
    this.#announceMicrophone()
  }

  revokeMicrophone(): void {
    this.#microphoneAllowed = false
    this.#announceMicrophone()
  }

  counters() {
    return [...this.#connections.values()].map(({ name, counters, heldBytes }) =>
      Object.assign({ name, heldBytes }, counters),
    )
  }

  exit(): Promise<void> {
    this.#exit ??= this.#leave()
    return this.#exit
  }

  async #leave(): Promise<void> {
    const error = new LegacyPeerError('ROOM_LEFT')
    for (const connection of this.#connections.values()) this.#hangUp(connection, error, true)
    await Promise.allSettled(this.#hangUps)
    await this.#channel?.close()
    this.#connections.clear()
    this.emit('closed', this.#error)
    this.removeAllListeners()
  }

  #gotSignalling(message: SignallingMessage): void {
    if (this.#exit) return
    switch (message.type) {
      case 'peer-joined':
        this.emit('memberJoined', toMember(this.#connectTo(message.peerId)))
        break
      case 'peer-left':
        this.#connections.get(message.peerId)?.expectGoodbye()
        break
      case 'signal':
        this.#gotSignal(message.from, message.body)
        break
      case 'lost':
        this.#error = new LegacyPeerError('SIGNALLING_LOST')
        void this.exit()
    }
  }

  #gotSignal(from: string, body: unknown): void {
    const signal = readSignal(body)
    const known = this.#connections.get(from)
    if (!signal || !known || (signal.type === 'offer' && this.#callsFirst(from))) {
      this.#settings.logger.warn('a signal was thrown away')
      return
    }
    const startsAnew = signal.type === 'offer' && known.hasAttempt
    const connection = startsAnew ? this.#connectTo(from) : known
    connection.takeSignal(signal)
  }

  /** Of each pair exactly one calls, so that two calls never meet halfway. */
  #callsFirst(name: string): boolean {
    return this.name < name
  }

  #connectTo(name: string): LegacyConnection {
    const previous = this.#connections.get(name)
    if (previous) this.#hangUp(previous, new LegacyPeerError('CONNECTION_LOST'), false)
    const connection = new LegacyConnection({
      name,
      rtc: this.#settings.rtc,
      timeoutMs: this.#settings.timeoutMs,
      clock: this.#settings.clock,
      logger: this.#settings.logger,
      ownAudio: () => this.microphone,
      sendSignal: (signal) => this.#channel?.send(name, signal),
    })
    connection.on('changed', () => this.#tell('memberChanged', toMember(connection)))
    connection.on('message', (data) => this.#gotMessage(name, data))
    connection.on('audio', (packet) => this.#tell('audio', name, packet))
    connection.on('gone', () => this.#memberGone(connection))
    this.#connections.set(name, connection)
    if (this.#callsFirst(name)) connection.call()
    return connection
  }

  #memberGone(connection: LegacyConnection): void {
    if (this.#connections.get(connection.name) !== connection) return
    this.#connections.delete(connection.name)
    this.#hangUp(connection, new LegacyPeerError('CONNECTION_LOST'), false)
    this.#tell('memberLeft', { ...toMember(connection), status: 'gone' })
  }

  #gotMessage(from: string, data: string | Uint8Array): void {
    if (!this.#keptMessages) {
      this.#tell('message', from, data)
      return
    }
    this.#keptMessages.push({ from, data })
    if (this.#keptMessages.length > MAX_KEPT_MESSAGES) this.#keptMessages.shift()
  }

  #hangUp(connection: LegacyConnection, error: LegacyPeerError, withGoodbye: boolean): void {
    const done = connection.hangUp(error, withGoodbye).finally(() => {
      connection.removeAllListeners()
      this.#hangUps.delete(done)
    })
    this.#hangUps.add(done)
  }

  #announceMicrophone(): void {
    for (const connection of this.#connections.values()) connection.announceAudio()
  }

  /** EventEmitter stops at the first listener that throws; the others are not to suffer for it. */
  #tell<Name extends 'memberJoined' | 'memberLeft' | 'memberChanged' | 'message' | 'audio'>(
    name: Name,
    ...args: LegacyRoomEvents[Name]
  ): void {
    if (this.#exit) return
    for (const listener of this.listeners(name)) {
      try {
        ;(listener as (...args: LegacyRoomEvents[Name]) => void).apply(this, args)
      } catch (error) {
        this.#settings.logger.error('a room listener failed', { error: (error as Error).name })
      }
    }
  }

  #assertInside(): void {
    if (this.#exit) throw new LegacyPeerError('ROOM_LEFT')
  }
}
