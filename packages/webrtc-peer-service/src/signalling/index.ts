export { createWebSocketSignalling, type WebSocketSignallingOptions } from './createWebSocketSignalling.ts'
