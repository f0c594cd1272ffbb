import organisationsnummer from 'organisationsnummer'
import personnummer from 'personnummer'

/**
 * The classes of the two libraries. Their types describe ES modules with a default export, what Node loads is CommonJS
 * whose whole export is the class: the default import is typed as the module and is the class.
 */
export const Personnummer = personnummer as unknown as typeof personnummer.default
export const Organisationsnummer = organisationsnummer as unknown as typeof organisationsnummer.default
