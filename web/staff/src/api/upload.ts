import { readRefusal, Refused, unreachable } from './client'
import { newKey } from './idempotencyKey'
import { session } from './session'
import type { Shapes } from './shapes'

export type Uploaded = Shapes['CaseFile']

/** Uses XMLHttpRequest, because fetch does not report the progress of an upload. */
function send(address: string, file: File, key: string, progress: (part: number) => void): Promise<Response> {
    return new Promise((settle, refuse) => {
        const request = new XMLHttpRequest()
        request.open('POST', address)
        request.setRequestHeader('Content-Type', 'application/octet-stream')
        request.setRequestHeader('X-CSRF-Token', session.csrfToken)
        request.setRequestHeader('Idempotency-Key', key)
        request.upload.onprogress = (event) => progress(event.loaded / event.total)
        request.onload = () => {
            const type = request.getResponseHeader('Content-Type') ?? ''
            settle(new Response(request.responseText, { status: request.status, headers: { 'Content-Type': type } }))
        }
        request.onerror = () => refuse(new Refused(0, unreachable))
        request.send(file)
    })
}

/** Posts a file. If the session has ended, posts it again after the next sign-in. */
export async function sendFile(address: string, file: File, key: string, progress: (part: number) => void): Promise<Response> {
    const response = await send(address, file, key, progress)
    return response.status === 401 && (await session.awaitRenewal()) ? send(address, file, key, progress) : response
}

/** Adds a file to a case; `progress` is called with the part already sent, from 0 to 1. Throws Refused. */
export async function upload(caseId: string, file: File, progress: (part: number) => void): Promise<Uploaded> {
    const address = `/api/v1/cases/${caseId}/attachments?name=${encodeURIComponent(file.name)}`
    const response = await sendFile(address, file, newKey(), progress)
    if (!response.ok) throw await readRefusal(response)
    return response.json()
}
