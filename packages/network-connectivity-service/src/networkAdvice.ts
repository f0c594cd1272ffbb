import { defineMessages } from '@gradvis/kernel'

/** One concrete thing to do for each failure, for a person who is no technician. */
export const networkAdvice = defineMessages('network.advice', {
  all_well: {
    sv: 'Nätverket fungerar hela vägen. Du behöver inte göra något.',
    en: 'The network works all the way. There is nothing you need to do.',
  },
  nothing_to_probe: {
    sv: 'Datorns nätverk verkar fungera, men ingen server är inställd att prova mot. Be den som sköter systemet att lägga in serverns adress.',
    en: 'The network of this computer seems to work, but no server is set up to test against. Ask the person who runs the system to add the server’s address.',
  },
  layer_ok: { sv: 'Den här delen fungerar. Gå vidare.', en: 'This part works. Go on.' },
  layer_skipped: {
    sv: 'Den här delen behövde inte provas. Du behöver inte göra något åt den nu.',
    en: 'This part did not need testing. There is nothing to do about it now.',
  },
  no_interface: {
    sv: 'Datorn är inte ansluten till något nätverk. Slå på Wi-Fi eller sätt i nätverkskabeln.',
    en: 'The computer is not connected to any network. Turn on Wi-Fi or plug in the network cable.',
  },
  no_address: {
    sv: 'Datorn är ansluten men har inte fått någon adress av nätverket. Slå av och på Wi-Fi, eller starta om routern och vänta två minuter.',
    en: 'The computer is connected but was given no address by the network. Turn Wi-Fi off and on, or restart the router and wait two minutes.',
  },
  dns_not_found: {
    sv: 'Serverns namn finns inte i nätverkets namntjänst. Koppla från VPN om du har det, och be annars den som sköter systemet att kontrollera adressen.',
    en: 'The network’s name service does not know the server’s name. Disconnect any VPN, or else ask the person who runs the system to check the address.',
  },
  dns_failed: {
    sv: 'Nätverkets namntjänst (DNS) svarar med fel. Starta om routern, eller byt till ett annat nätverk, till exempel mobilens.',
    en: 'The network’s name service (DNS) answers with an error. Restart the router, or change to another network, for example your phone’s.',
  },
  dns_timed_out: {
    sv: 'Nätverkets namntjänst (DNS) svarar inte. Starta om routern, eller byt till ett annat nätverk, till exempel mobilens.',
    en: 'The network’s name service (DNS) does not answer. Restart the router, or change to another network, for example your phone’s.',
  },
  no_route: {
    sv: 'Datorn hittar ingen väg ut från det egna nätverket. Anslut till nätverket på nytt, och starta annars om routern.',
    en: 'The computer finds no way out of its own network. Connect to the network again, or else restart the router.',
  },
  tcp_unreachable: {
    sv: 'Servern går inte att nå från det här nätverket. Prova ett annat nätverk, till exempel mobilens.',
    en: 'The server cannot be reached from this network. Try another network, for example your phone’s.',
  },
  tcp_refused: {
    sv: 'Servern finns men tar inte emot anslutningar; tjänsten är troligen avstängd. Vänta några minuter och kontakta annars den som sköter systemet.',
    en: 'The server is there but takes no connections; the service is probably turned off. Wait a few minutes, or else contact the person who runs the system.',
  },
  tcp_failed: {
    sv: 'Anslutningen till servern bröts. Försök igen, och prova annars ett annat nätverk.',
    en: 'The connection to the server was broken off. Try again, or else try another network.',
  },
  tcp_timed_out: {
    sv: 'Servern svarar inte; en brandvägg eller ett avbrott är i vägen. Prova ett annat nätverk, till exempel mobilens, och kontakta annars den som sköter systemet.',
    en: 'The server does not answer; a firewall or an outage is in the way. Try another network, for example your phone’s, or else contact the person who runs the system.',
  },
  tls_expired: {
    sv: 'Serverns säkerhetscertifikat har gått ut. Kontrollera att datorns datum stämmer, och kontakta annars den som sköter systemet.',
    en: 'The server’s security certificate has expired. Check that the computer’s date is right, or else contact the person who runs the system.',
  },
  tls_not_yet_valid: {
    sv: 'Serverns säkerhetscertifikat gäller inte än. Ställ datorns datum och klocka rätt, och försök igen.',
    en: 'The server’s security certificate is not valid yet. Set the computer’s date and time right, and try again.',
  },
  tls_untrusted: {
    sv: 'Någon okänd går i god för servern; förbindelsen kan vara avlyssnad. Logga inte in. Prova ett annat nätverk och kontakta den som sköter systemet.',
    en: 'Somebody unknown vouches for the server; the connection may be listened to. Do not log in. Try another network and contact the person who runs the system.',
  },
  tls_wrong_host: {
    sv: 'En annan server än den rätta svarar. Logga inte in. Prova ett annat nätverk och kontakta den som sköter systemet.',
    en: 'A server other than the right one answers. Do not log in. Try another network and contact the person who runs the system.',
  },
  tls_failed: {
    sv: 'Det gick inte att upprätta en säker förbindelse med servern. Prova ett annat nätverk, och kontakta annars den som sköter systemet.',
    en: 'No secure connection to the server could be made. Try another network, or else contact the person who runs the system.',
  },
  tls_timed_out: {
    sv: 'Servern svarar, men den säkra förbindelsen blir aldrig klar. Koppla från VPN om du har det, eller prova ett annat nätverk.',
    en: 'The server answers, but the secure connection never gets ready. Disconnect any VPN, or try another network.',
  },
  portal_suspected: {
    sv: 'Nätverket visar en egen sida i stället för servern, troligen en inloggning. Öppna webbläsaren, logga in på nätverket och försök igen.',
    en: 'The network shows a page of its own in the server’s place, probably a login. Open the browser, log in to the network and try again.',
  },
  backend_status: {
    sv: 'Nätverket fungerar, men servern svarar med fel. Vänta några minuter och kontakta annars den som sköter systemet.',
    en: 'The network works, but the server answers with an error. Wait a few minutes, or else contact the person who runs the system.',
  },
  backend_failed: {
    sv: 'Servern bröt samtalet utan ett begripligt svar. Försök igen, och kontakta annars den som sköter systemet.',
    en: 'The server broke off without an answer that makes sense. Try again, or else contact the person who runs the system.',
  },
  backend_timed_out: {
    sv: 'Nätverket fungerar, men servern är för långsam eller har hängt sig. Vänta några minuter och kontakta annars den som sköter systemet.',
    en: 'The network works, but the server is too slow or has hung. Wait a few minutes, or else contact the person who runs the system.',
  },
})
