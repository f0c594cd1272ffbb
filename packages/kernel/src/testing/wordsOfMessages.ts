import type { Language } from '../Language.ts'

/** Common English words that are no Swedish ones, nor names that a Swedish message may hold. */
export const ENGLISH_WORDS: ReadonlySet<string> = new Set(
  (
    'again and are array been boolean but cannot could created denied draining error expected failed failure found ' +
    'from has have input invalid must missing nothing null number object only output please received refused ' +
    'required running should starting stopped string such that the this timeout to too try undefined unknown value ' +
    'was were when which while with you your audio recording network interface address started server-side user ' +
    'password permission file folder directory database open closed read write'
  ).split(' '),
)

/** Verbs by which a message asks for the next step, or says that none is needed. One that is missing is added here. */
export const NEXT_STEPS: Readonly<Record<Language, ReadonlySet<string>>> = {
  sv: new Set(
    (
      'alla anmäl ange anslut använd avsluta avvakta begär behåll be byt byta börja dela exportera flytta formatera ' +
      'försök frigör förnya ge gör gå gå hämta höj jämför kontrollera kör korta koppla lista lämna lägg läs låt minska ' +
      'menade publicera radera rätta se sidan skapa skicka skriv slå släpp slut spara spela starta ställ stäng sätt sök ' +
      'ta tillåt uppdatera uppgradera utred vänta välj återställ återuppta öka öppna'
    ).split(' '),
  ),
  en: new Set(
    (
      'accept add adjust all allow ask assign back change check choose close compare connect correct create define ' +
      'disconnect drop enter export fix free get give go grant install investigate join keep leave list load look lower ' +
      'make mend move name open pass publish put raise read release remove rename renew repair replace report restart ' +
      'restore resume retry rotate run save see select send set shorten sign split start stop store switch take turn ' +
      'try unlock update upgrade use verify wait write'
    ).split(' '),
  ),
}
