/** The flag that every rival decides on. */
export const FLAG_KEY = 'backup-service'
