import { defineErrors } from '@gradvis/kernel'

export const auditErrors = defineErrors('audit', {
  unwritable: {
    fault: 'service',
    retryable: true,
    sv: 'Granskningsloggen kunde inte skrivas ({{reason}}) och posten kan saknas. Kontrollera att loggens lager är igång och har plats, och försök igen.',
    en: 'The audit trail could not be written ({{reason}}) and the entry may be missing. Check that the store of the trail is up and has space, then try again.',
  },
  overloaded: {
    fault: 'service',
    retryable: true,
    sv: 'Granskningsloggen hinner inte med: {{limit, number}} poster väntar redan och den här skrevs inte. Försök igen om en stund; kontrollera lagrets disk om det upprepas.',
    en: 'The audit trail cannot keep up: {{limit, number}} entries are waiting already and this one was not written. Try again in a while; check the disk of the store if it happens again.',
  },
  closed: {
    fault: 'caller',
    retryable: false,
    sv: 'Granskningsloggen är stängd och posten skrevs inte. Öppna den på nytt för att skriva.',
    en: 'The audit trail is closed and the entry was not written. Open it again to write.',
  },
  key_needed: {
    fault: 'caller',
    retryable: false,
    sv: 'Granskningsloggen är kedjad med en nyckel, så den kan inte kontrolleras eller skrivas utan den. Ange nyckeln i GRADVIS_AUDIT_KEY.',
    en: 'The audit trail is chained with a key, so it can be neither verified nor written without it. Give the key in GRADVIS_AUDIT_KEY.',
  },
  wrong_key: {
    fault: 'caller',
    retryable: false,
    sv: 'Granskningsloggen är påbörjad utan nyckel eller med en annan än den i GRADVIS_AUDIT_KEY. Ange den nyckel som loggen började med, eller börja en ny logg på en annan plats.',
    en: 'The audit trail was begun without a key or with another than that in GRADVIS_AUDIT_KEY. Give the key that it began with, or begin a new trail in another place.',
  },
  invalid_key: {
    fault: 'caller',
    retryable: false,
    sv: 'GRADVIS_AUDIT_KEY går inte att använda. Ange minst 32 slumpmässiga byte i base64url, till exempel från: openssl rand 32 | basenc --base64url.',
    en: 'GRADVIS_AUDIT_KEY cannot be used. Give at least 32 random bytes in base64url, for example from: openssl rand 32 | basenc --base64url.',
  },
  missing_pseudonym_keys: {
    fault: 'caller',
    retryable: false,
    sv: 'Utan pseudonymnycklarna går det inte att hitta någon i granskningsloggen. Ange i GRADVIS_PSEUDONYM_KEYS samma nycklar som applikationen har.',
    en: 'Without the pseudonym keys nobody can be found in the audit trail. Give in GRADVIS_PSEUDONYM_KEYS the same keys that the application has.',
  },
  invalid_pseudonym_keys: {
    fault: 'caller',
    retryable: false,
    sv: 'Nyckel nummer {{position}} i GRADVIS_PSEUDONYM_KEYS går inte att använda. Skriv id:nyckel,id:nyckel med den nyaste först: varje id en gång, av a–z, 0–9 och bindestreck, och varje nyckel minst 32 slumpmässiga byte i base64url.',
    en: 'Key number {{position}} in GRADVIS_PSEUDONYM_KEYS cannot be used. Write id:key,id:key with the newest first: each id once, of a–z, 0–9 and hyphens, and each key at least 32 random bytes in base64url.',
  },
  invalid_line: {
    fault: 'caller',
    retryable: false,
    sv: 'Rad {{line}} är ingen post ur en granskningslogg. Ange en fil som gradvis audit export har skrivit, oförändrad.',
    en: 'Line {{line}} is no entry of an audit trail. Give a file that gradvis audit export has written, unchanged.',
  },
  checkpoint_before: {
    fault: 'caller',
    retryable: false,
    sv: 'Kontrollpunkten gäller post {{sequence}}, men det som kontrolleras börjar först vid post {{first}}. Exportera hela loggen och kontrollera den, eller ange en senare kontrollpunkt.',
    en: 'The checkpoint is of entry {{sequence}}, but what is verified begins at entry {{first}}. Export and verify the whole trail, or give a later checkpoint.',
  },
})
