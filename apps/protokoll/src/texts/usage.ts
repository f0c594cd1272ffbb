import type { LocalizedText } from '@gradvis/kernel'

/** What `--help` prints, and what follows a complaint about the arguments. */
export const USAGE = {
  sv: `Användning: npm start -- [argument]

Startar exempelapplikationen: skapar data, gör sitt huvudsakliga arbete en gång för varje användare på den sida som
utrullningen ger (säkerhetskopiera, kontrollera, återställa; prova nätverket; mötas parvis), skriver ut en tabell och svarar
sedan på anrop.

  --once             avsluta efter tabellen
  --json             skriv ut ett JSON-objekt i stället för tabellen
  --now <tidpunkt>   vad planens klocka visar vid start, till exempel 2025-01-13T00:00:00Z
                     (annars 2025-01-16T00:00:00Z: tre tjänster i var sin fas)
  --subjects <n>     antal användare, ett jämnt tal: de möts parvis (annars 200; 400 med --accelerate)
  --port <n>         var på 127.0.0.1 anrop tas emot (annars 4310; 0: vilken ledig port som helst)
  --data <mapp>      var databas och säkerhetskopior ligger (annars en tillfällig mapp, som tas bort vid slutet)
  --store <plats>    kör utrullningen, med sin logg i den här filen eller databasen (postgres://…): bevis, grindar, skyddsräcken
                     och operatörer avgör därefter; klockan är systemets om inte --now säger annat
  --accelerate <n>   spela upp hela kalendern, n gånger så fort, på skapad trafik; 8640 gör ett dygn till tio sekunder och de
                     tolv dygnen till två minuter
  --fault <fel>      med --accelerate: gör en migrerad sida dålig: BackupService:errors=0.05@50% (en andel av anropen
                     misslyckas), latency=2@10% (tar dubbelt så lång tid), gdpr@50%, security@50% (en incident). Får upprepas
  --help             den här texten

Miljö: USE_MIGRATED_BACKUP_SERVICE, USE_MIGRATED_NETWORK_SERVICE, USE_MIGRATED_WEBRTC_PEER_SERVICE och
FORCE_LEGACY_SERVICES (true eller false), NODE_ENV (development och staging: allt migrerat; annars production), LANG (sv
eller en), PROTOKOLL_TOKEN_SECRET (signerar demonstrationens åtkomsttoken; annars en ny hemlighet vid varje start). Med en
utrullning, för granskningsloggen i dess lager: GRADVIS_PSEUDONYM_KEYS (utan nycklar nämns ingen), GRADVIS_AUDIT_KEY.

Slutkoder: 0 klart, 1 misslyckat, 2 fel argument eller miljö; med --accelerate --once även 3: inte alla tjänster är
helt utrullade vid slutet (tillbakarullade, eller hållna av sin grind).`,
  en: `Usage: npm start -- [options]

Starts the reference application: generates data, does its main job once for every subject on the side that the rollout
gives it (backup, verify, restore; probe the network; meet in pairs), prints a table, then serves.

  --once             exit after the table
  --json             print one JSON object instead of the table
  --now <instant>    where the plan's clock stands at start, such as 2025-01-13T00:00:00Z
                     (default 2025-01-16T00:00:00Z: three services in three different phases)
  --subjects <n>     how many subjects, an even number: they meet in pairs (default 200; 400 with --accelerate)
  --port <n>         where to serve on 127.0.0.1 (default 4310; 0: any free port)
  --data <folder>    where database and backups are kept (default: a temporary folder, removed at the end)
  --store <where>    run the rollout engine, with its log in this file or database (postgres://…): evidence, gates,
                     guardrails and operators decide from then on; the clock is the system's unless --now says otherwise
  --accelerate <n>   replay the whole calendar, n times as fast, on generated traffic; 8640 makes ten seconds of a day
                     and two minutes of the twelve days
  --fault <fault>    with --accelerate, break a migrated side: BackupService:errors=0.05@50% (a share of its calls
                     fails), latency=2@10% (takes twice as long), gdpr@50%, security@50% (an incident). Repeatable
  --help             this text

Environment: USE_MIGRATED_BACKUP_SERVICE, USE_MIGRATED_NETWORK_SERVICE, USE_MIGRATED_WEBRTC_PEER_SERVICE and
FORCE_LEGACY_SERVICES (true or false), NODE_ENV (development and staging: all migrated; else production), LANG (sv or en),
PROTOKOLL_TOKEN_SECRET (signs the demonstration's access tokens; default: a new one at every start). With a rollout, for
the audit trail in its store: GRADVIS_PSEUDONYM_KEYS (without keys nobody is named), GRADVIS_AUDIT_KEY.

Exit codes: 0 done, 1 failed, 2 wrong arguments or environment; with --accelerate --once also 3: not every service is
fully rolled out at the end (rolled back, or held by its gate).`,
} as const satisfies LocalizedText
