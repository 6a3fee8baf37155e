import { readRefusal } from '@/api/client'
import { newKey } from '@/api/idempotencyKey'
import type { Shapes } from '@/api/shapes'
import { sendFile } from '@/api/upload'

async function send<T>(address: string, file: File, progress: (part: number) => void): Promise<T> {
    const response = await sendFile(address, file, newKey(), progress)
    if (!response.ok) throw await readRefusal(response)
    return response.json()
}

/** Lists what is wrong with a ledger; stores nothing. `progress` is called with the part already sent. Throws Refused. */
export function examineLedger(file: File, progress: (part: number) => void) {
    return send<Shapes['LedgerExamination']>('/api/v1/imports/examination', file, progress)
}

/** Begins the import of a ledger. Throws Refused. */
export function importLedger(file: File, progress: (part: number) => void) {
    return send<Shapes['LedgerImport']>('/api/v1/imports', file, progress)
}
