// Files to upload: what is no PDF inside is refused.

/** A PDF of one page with these lines. */
export function pdf(...lines) {
    const stream = lines.map((line, n) => `BT /F1 18 Tf 40 ${300 - 60 * n} Td (${line}) Tj ET`).join('\n')
    const font = '<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>'
    const objects = [
        '<< /Type /Catalog /Pages 2 0 R >>',
        '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 400] /Contents 4 0 R /Resources ${font} >>`,
        `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
    ]
    let text = '%PDF-1.4\n'
    const table = objects.map((content, n) => {
        const offset = String(text.length).padStart(10, '0')
        text += `${n + 1} 0 obj\n${content}\nendobj\n`
        return `${offset} 00000 n \n`
    })
    const rest = `trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`
    return Buffer.from(`${text}xref\n0 5\n0000000000 65535 f \n${table.join('')}${rest}`)
}
