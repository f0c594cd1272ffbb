/** What both ends must agree on, see "Wire protocol" in the README. Changing any of it is a new version. */
export const wireFormat = {
  version: 1,
  /** Channels are never announced: both ends open them with these ids. */
  channels: { control: 0, messages: 1 },
  /** First byte of a frame on the messages channel. It also keeps a message from ever being empty on the wire. */
  frame: { text: 1, binary: 2 },
  /** 64 KiB, what every WebRTC stack takes, less the first byte. */
  maxMessageBytes: 65_535,
  maxControlChars: 1_024,
  /** Fits the MTU of every path with room for the headers. */
  maxAudioBytes: 1_200,
  maxSdpChars: 100_000,
  /** For one connection; what comes beyond is ignored. */
  maxCandidates: 50,
} as const
