import { defineErrors } from '@gradvis/kernel'

/** What WebRTCPeerService, its sessions and its signalling may answer besides `service.*` and `media.*`. */
export const webRTCPeerErrors = defineErrors('webrtc', {
  room_full: {
    fault: 'caller',
    retryable: true,
    sv: 'Rummet är fullt (högst {{limit}} deltagare). Vänta tills någon har lämnat det, eller öppna ett nytt rum.',
    en: 'The room is full (at most {{limit}} {{limit, plural(participant|participants)}}). Wait until someone has left, or open a new room.',
  },
  peer_id_taken: {
    fault: 'caller',
    retryable: true,
    sv: 'Deltagaren finns redan i rummet. Lämna rummet på den andra enheten, eller anslut med ett annat deltagar-id.',
    en: 'The participant is in the room already. Leave the room on the other device, or join with another peer id.',
  },
  join_refused: {
    fault: 'caller',
    retryable: false,
    sv: 'Signaleringsservern nekade anslutning till rummet. Hämta en ny inbjudan eller be den som äger rummet om tillgång.',
    en: 'The signalling server refused the room. Get a new invitation, or ask the owner of the room for access.',
  },
  signalling_unreachable: {
    fault: 'service',
    retryable: true,
    sv: 'Signaleringsservern svarar inte. Kontrollera nätverket och försök ansluta igen om en stund.',
    en: 'The signalling server does not answer. Check the network and try to join again in a while.',
  },
  signalling_lost: {
    fault: 'service',
    retryable: true,
    sv: 'Förbindelsen med signaleringsservern bröts och rummet har lämnats. Anslut till rummet igen.',
    en: 'The connection to the signalling server was lost and the room has been left. Join the room again.',
  },
  connection_timed_out: {
    fault: 'service',
    retryable: true,
    sv: 'Ingen förbindelse med deltagaren kom till stånd inom {{limitMs, duration}}. Kontrollera nätverk och brandvägg och anslut igen.',
    en: 'No connection to the participant was made within {{limitMs, duration}}. Check network and firewall and join again.',
  },
  connection_failed: {
    fault: 'service',
    retryable: true,
    sv: 'Förbindelsen med deltagaren kunde inte upprättas. Anslut till rummet igen.',
    en: 'The connection to the participant could not be set up. Join the room again.',
  },
  connection_lost: {
    fault: 'service',
    retryable: true,
    sv: 'Förbindelsen med deltagaren bröts. Anslut till rummet igen.',
    en: 'The connection to the participant was lost. Join the room again.',
  },
  peer_not_connected: {
    fault: 'caller',
    retryable: true,
    sv: 'Mottagaren är inte ansluten. Vänta tills deltagaren är ansluten och skicka meddelandet igen.',
    en: 'The receiver is not connected. Wait until the participant is connected and send the message again.',
  },
  message_too_large: {
    fault: 'caller',
    retryable: false,
    sv: 'Meddelandet är för stort: {{sizeBytes, number}} byte, högst {{limitBytes, number}}. Dela upp det och skicka delarna var för sig.',
    en: 'The message is too large: {{sizeBytes, number}} bytes, at most {{limitBytes, number}}. Split it and send the parts one by one.',
  },
  invalid_audio_packet: {
    fault: 'caller',
    retryable: false,
    sv: 'Ljudpaketet är ogiltigt. Ange löpnummer, tidsstämpel och mellan 1 och {{limitBytes, number}} byte ljud.',
    en: 'The audio packet is invalid. Give a sequence number, a timestamp and between 1 and {{limitBytes, number}} bytes of audio.',
  },
  session_closed: {
    fault: 'caller',
    retryable: false,
    sv: 'Rummet har redan lämnats. Anslut till rummet igen.',
    en: 'The room has been left already. Join the room again.',
  },
})
