import type { PersonalDataKind } from '@gradvis/privacy'

import { email, phone } from './contactDetails.ts'
import { personnummer, samordningsnummer, soleTraderNumber, soleTraderVatNumber } from './identityNumbers.ts'
import { ipv4, ipv6 } from './networkAddresses.ts'
import { bankgiro, iban, paymentCard, plusgiro } from './paymentNumbers.ts'
import { labelled, type Phrase } from './Phrase.ts'
import { streetAddress } from './places.ts'
import { markedSecret, namedSecret } from './secrets.ts'
import type { SeededRandom } from './SeededRandom.ts'

/** Names are only found in fields declared to hold them: running text has no answer to be measured against. */
export type MeasuredKind = Exclude<PersonalDataKind, 'name'>

type Form = Readonly<{
  value: (random: SeededRandom) => string
  /** `{}` is the value. */
  templates: readonly string[]
  /** Where no blank fits: addresses of pages, file names, columns. */
  tight?: readonly string[]
}>

const IDENTITY_TEMPLATES = [
  'Ledamoten med personnummer {} valdes om för två år.',
  'Vid protokollet tjänstgjorde sekreteraren ({}).',
  'Firman tecknas av ordföranden, {}, och kassören i förening.',
  'Till firmatecknare utsågs {}. Beslutet är omedelbart justerat.',
  '- {}, suppleant, anmälde förhinder.',
  'Fullmakt för {} bifogas, bilaga 3.',
  'Pnr: {}',
  'Stipendium beviljades sökande {} med 15 000 kr.',
  'Närvarande: ordföranden (pers.nr {}), två ledamöter samt revisorn.',
  '{} har lämnat styrelsen den 3 mars.',
  '"{}" angavs som huvudman i ansökan.',
  '<td>{}</td><td>Ledamot</td>',
  '| {} | Adjungerad | Ja |',
  'Ny huvudman är **{}** från och med årsskiftet.',
  'Personnr. {}; uppgiften är sekretessbelagd.',
  'Jäv anmäldes av {}, som lämnade rummet.',
]
const IDENTITY_TIGHT = [
  'Registerutdrag_{}.pdf lades till handlingarna.',
  '3;{};ledamot;ja',
  '{"personnummer":"{}","roll":"revisor"}',
  'Se https://arkiv.example/sok?pnr={}&sida=2',
  'GET /huvudman/{}/protokoll 200',
  '<huvudman id="{}"/>',
]
const GIRO_ENDINGS = ['', '.', ' senast den 30 juni.', ', märk betalningen med ärendets nummer.']
const giro = (names: readonly string[]) =>
  names.flatMap((name) => GIRO_ENDINGS.map((ending) => `Ersättningen betalas till ${name} {}${ending}`))

/** Every kind with every way in which it is written, and where in minutes and their attachments it stands. */
const FORMS: Readonly<Record<MeasuredKind, readonly Form[]>> = {
  personnummer: [{ value: personnummer, templates: IDENTITY_TEMPLATES, tight: IDENTITY_TIGHT }],
  samordningsnummer: [
    {
      value: samordningsnummer,
      templates: [...IDENTITY_TEMPLATES, 'Samordningsnummer {} tilldelades i maj.'],
      tight: IDENTITY_TIGHT,
    },
  ],
  organisationsnummer: [
    {
      value: soleTraderNumber,
      templates: [
        'Avtal tecknades med enskild firma, org.nr {}.',
        'Leverantören (enskild näringsidkare, organisationsnummer {}) anlitas för tillsyn.',
        'Org.nr: {}',
        'Fakturan avser orgnr {}, F-skatt finns.',
      ],
    },
    {
      value: soleTraderVatNumber,
      templates: [
        'Momsregistreringsnummer {} anges på fakturan.',
        'VAT-nr {}',
        'Konsulten har momsreg.nr {}, vilket kontrollerats.',
      ],
    },
  ],
  email: [
    {
      value: email,
      templates: [
        'Frågor besvaras av sekreteraren på {}.',
        'Kontakt: {}, telefontid vardagar.',
        'Kallelsen skickades till <{}> den 4 april.',
        'E-post: {}',
        'Anmälan görs till {}; sista dag är den 1 maj.',
        'Svar inkom från {} (bilaga 2).',
        'Från: "Kansliet" <{}>',
        'Länken skickades till {}/kansliet för kännedom.',
      ],
      tight: ['Se mailto:{}?subject=Protokoll', '{"avsandare":"{}"}', '7;{};nej'],
    },
  ],
  phone: [
    {
      value: phone,
      templates: [
        'Jourhavande nås på {} under helgen.',
        'Tel: {}',
        'Tfn {}, växeln är stängd i juli.',
        'Kassören ringer upp på {}.',
        'Mobil {} gäller från och med oktober.',
        'Vaktmästaren (telefon {}) öppnar lokalen.',
        'Sms skickas till {}, inte till växeln.',
        '- {} (ordföranden, kvällstid)',
      ],
    },
  ],
  iban: [
    {
      value: iban,
      templates: [
        'Medlen överförs till IBAN {}.',
        'IBAN: {}',
        'Konto {} hos banken avslutas.',
        'Bidraget har satts in på {}, BIC lämnas separat.',
        'Utlandsbetalning ({}) godkändes.',
      ],
    },
  ],
  bankgiro: [
    {
      value: bankgiro,
      templates: giro([
        'bankgiro',
        'Bankgiro:',
        'bg',
        'BG',
        'bankgironummer',
        'bankgironr',
        'bg-nr',
        'bankgirot',
        'bankgirokonto',
        'Bg.',
        'BankGiro nr',
      ]),
    },
  ],
  plusgiro: [
    {
      value: plusgiro,
      templates: giro([
        'plusgiro',
        'Plusgiro:',
        'pg',
        'PG',
        'plusgironummer',
        'postgiro',
        'pg-konto',
        'PlusGiro',
        'Pg.',
        'plusgirokonto',
      ]),
    },
  ],
  'payment-card': [
    {
      value: paymentCard,
      templates: [
        'Föreningens kort {} spärras.',
        'Inköpet gjordes med kort {}, giltigt till 11/27.',
        'Kortnummer: {}',
        'Utlägget belastade {}.',
        'Betalkortet ({}) återlämnades av avgående kassör.',
      ],
    },
  ],
  ipv4: [
    {
      value: ipv4,
      templates: [
        'Inloggning skedde från {}.',
        'Röstning registrerades från {}, kl. 19.42.',
        'Klient {} nekades.',
        'IP-adress: {}',
        '[{}] GET /protokoll/2024/3',
      ],
      tight: ['Anslutning mot {}:8443 avbröts.', 'ip={} status=403', 'http://{}/kalender'],
    },
  ],
  ipv6: [
    {
      value: ipv6,
      templates: [
        'Inloggning skedde från {}.',
        'Klient {} nekades.',
        'IP-adress: {}',
        'Röstning registrerades från {}, kl. 19.42.',
        'Sessionen ({}) avslutades.',
      ],
      tight: ['http://[{}]:8080/kalender', 'ip={} status=403'],
    },
  ],
  'street-address': [
    {
      value: streetAddress,
      templates: [
        'Ledamoten är bosatt på {}.',
        'Adress: {}',
        'Handlingarna skickas till {}, i två exemplar.',
        'Mötet hölls i bostaden, {}.',
        'Ny adress för suppleanten: {}. Registret uppdateras.',
        'Sökanden, {}, uppfyller villkoren.',
      ],
    },
  ],
  secret: [
    {
      value: markedSecret,
      templates: [
        'Nyckeln {} låg i bilagan och har bytts ut.',
        'Token: {}',
        'curl -H "X-Nyckel: {}" https://arkiv.example',
        'I loggen stod {}.',
        'KEY={}',
      ],
    },
    { value: namedSecret, templates: ['{}', 'I den delade filen stod {} i klartext.', 'Systemet: {}'] },
  ],
}

export const MEASURED_KINDS = Object.keys(FORMS) as readonly MeasuredKind[]

/** One sentence with one item of the kind. */
export function itemSentence(random: SeededRandom, kind: MeasuredKind): Phrase {
  const { value, templates, tight = [] } = random.pick(FORMS[kind])
  const item = value(random)
  const fitting = /\s/.test(item) ? templates : [...templates, ...tight]
  return labelled(random.pick(fitting), kind, item)
}
