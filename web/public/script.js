// Conveniences for the public pages; everything works without them. What only makes sense with a script is hidden in the
// page and shown here.
for (const element of document.querySelectorAll("[data-script]")) element.hidden = false;

for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => window.print());

for (const button of document.querySelectorAll("[data-copy]")) {
    button.addEventListener("click", async () => {
        await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
        button.textContent = button.dataset.copied;
    });
}

// Counts the characters typed, of those the field accepts.
for (const field of document.querySelectorAll("[data-most]")) {
    const count = document.createElement("p");
    count.className = "hint";
    const show = () => { count.textContent = `${[...field.value].length} / ${field.dataset.most}`; };
    field.after(count);
    field.addEventListener("input", show);
    show();
}

// Suggests published information while the request is being written. Texts are set as text, never parsed as HTML.
const suggestions = document.getElementById("suggestions");

function add(name, text, into) {
    const made = document.createElement(name);
    made.textContent = text;
    into.append(made);
    return made;
}

function showSuggestions(items) {
    const list = suggestions.querySelector("ul");
    list.replaceChildren();
    for (const item of items) {
        const entry = add("li", "", list);
        const title = add(item.url ? "a" : "strong", item.title, entry);
        if (item.url) title.href = item.url;
        add("small", `${item.agency_name} · ${item.published_on}`, entry);
        add("p", item.summary, entry);
    }
    suggestions.hidden = items.length === 0;
}

async function suggest(fields) {
    const description = fields.map((field) => field.value).join(" ").trim();
    if (description.length < 4) return;
    const answer = await fetch("/api/v1/applications/suggestions", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ description: description.slice(0, 1000) }),
    });
    if (answer.ok) showSuggestions((await answer.json()).items);
}

if (suggestions) {
    const fields = [...document.querySelectorAll("#items input[type=text], #items textarea")];
    let waiting = 0;
    for (const field of fields) {
        field.addEventListener("input", () => {
            clearTimeout(waiting);
            waiting = setTimeout(() => suggest(fields).catch(() => {}), 700);
        });
    }
}

// After many wrong codes from one place the service demands a proof of work before the next try; without a script one has
// to wait instead.
async function solveAndSend(form) {
    const { solve } = await import(form.dataset.solver);
    const note = document.getElementById("work");
    note.textContent = note.dataset.solving;
    const field = (name) => form.elements[`/proof_of_work/${name}`];
    field("solution").value = await solve(field("challenge").value, Number(form.dataset.difficulty));
    form.requestSubmit();
}

const form = document.querySelector("form[data-solver]");
if (form) solveAndSend(form);
