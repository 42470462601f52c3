/**
 * Sharing a lesson: the text is kept while somebody types, on the site and in this browser, and
 * comes back after a lost connection or an ended session. Without this file the same form works.
 *
 * What is kept in the browser belongs to one writer and goes when the lesson was sent in, and when
 * somebody signs out (site.js).
 */

const PREFIX = "lesson:";
const PAUSE = 1500;
const AGAIN = 8000;
const LONGEST_WAIT = 15000;
// What is said once, and does not come back with the lesson.
const OF_ONE_VIEW = /^(token|view|photo_text|photo_consent|remove_.*|reply-.*|why_it_stays)$/;

/** Storage may be full or forbidden: then only the site keeps the text. */
const browser = {
  read(key) {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch {
      return null;
    }
  },
  write(key, value) {
    try {
      localStorage.setItem(key, JSON.stringify(value));
      return true;
    } catch {
      return false;
    }
  },
  remove(key) {
    try {
      localStorage.removeItem(key);
    } catch {
      // Nothing was kept.
    }
  },
  keys() {
    try {
      return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
    } catch {
      return [];
    }
  },
};

/** Text of somebody else who worked at this computer is not kept any longer. */
function forgetOthers(writer) {
  for (const key of browser.keys()) {
    if (!key.startsWith(`${PREFIX}${writer}:`)) browser.remove(key);
  }
}

class ShareForm {
  constructor(form) {
    this.form = form;
    this.writer = form.dataset.writer;
    this.number = form.dataset.number;
    this.kept = document.querySelector("[data-kept]");
    this.told = document.querySelector("[data-told]");
    this.thoughts = document.querySelector("[data-thoughts-here]");
    this.dirty = false;
    this.stopped = false;
    this.busy = null;
    forgetOthers(this.writer);
    this.restore();
    form.addEventListener("input", () => this.changed());
    form.addEventListener("change", (event) => this.chose(event.target));
    form.addEventListener("submit", (event) => this.submit(event));
    window.addEventListener("online", () => this.dirty && this.keep());
    window.addEventListener("pagehide", () => this.keepHere());
    window.addEventListener("pageshow", (event) => event.persisted && this.release());
    this.field("looked").value = "1";
  }

  field(name) {
    return this.form.elements.namedItem(name);
  }

  get key() {
    return `${PREFIX}${this.writer}:${this.number ? this.form.dataset.key : "new"}`;
  }

  /** What was typed and chosen; no files, and not what belongs to this page view. */
  get data() {
    const skipped = new Set(["csrfmiddlewaretoken", "version", "writer", "looked", "colleague_email"]);
    return [...new FormData(this.form)].filter(
      ([name, value]) => typeof value === "string" && !skipped.has(name),
    );
  }

  changed() {
    this.dirty = true;
    this.firstChange ??= Date.now();
    this.keepHere();
    clearTimeout(this.timer);
    // Who types on and on is kept in between.
    const waited = Date.now() - this.firstChange;
    this.timer = setTimeout(() => this.keep(), waited > LONGEST_WAIT ? 0 : PAUSE);
  }

  keepHere() {
    if (!this.dirty) return;
    const { key } = this.form.dataset;
    browser.write(this.key, { key, data: this.data, version: this.field("version").value });
  }

  /** Keep the draft on the site, as the button does, but in silence. */
  async keep() {
    if (this.stopped || this.busy) return;
    clearTimeout(this.timer);
    this.dirty = false;
    this.firstChange = undefined;
    const body = new FormData(this.form);
    for (const name of ["photo", "documents"]) body.delete(name);
    body.set("step", "autosave");
    body.set("csrfmiddlewaretoken", csrfToken() || body.get("csrfmiddlewaretoken"));
    this.busy = this.send(body);
    await this.busy;
    this.busy = null;
    if (this.dirty && !this.timer) this.changed();
  }

  async send(body) {
    const { dataset } = this.form;
    let response, answer;
    try {
      response = await fetch(this.form.getAttribute("action"), { method: "POST", body });
      answer = response.headers.get("Content-Type")?.includes("json") ? await response.json() : {};
    } catch {
      this.dirty = true;
      this.say(dataset.sayKeptHere);
      this.timer = setTimeout(() => this.keep(), AGAIN);
      return;
    }
    this.timer = null;
    if (answer.nothing) {
      this.say("");
    } else if (response.ok) {
      this.goOn(answer);
    } else if (response.status === 401) {
      this.dirty = true;
      this.say(dataset.saySignIn);
    } else if (answer.conflict) {
      this.stopped = true;
      this.dirty = true;
      this.keepHere();
      this.say(answer.conflict);
    } else {
      // The answer stays the same until somebody changes something; until then it is kept here.
      this.say(dataset.sayNotKept);
    }
  }

  /** The site has it: from now on this form is about that draft. */
  goOn(answer) {
    this.say("");
    const text = this.kept.querySelector("span") ?? this.kept.appendChild(document.createElement("span"));
    text.textContent = answer.kept;
    this.field("version").value = answer.version;
    if (!this.number) {
      browser.remove(this.key);
      this.number = String(answer.number);
      this.form.setAttribute("action", answer.address);
      history.replaceState(null, "", answer.address);
    }
    if (this.dirty) this.keepHere();
    else browser.remove(this.key);
    this.thinkAlong();
  }

  say(text) {
    this.told.querySelector("p").textContent = text;
    this.told.hidden = !text;
  }

  /** Text that this browser has and the site has not. */
  restore() {
    const unnamed = `${PREFIX}${this.writer}:new`;
    // The lesson that was new before it was kept on the site.
    if (this.number && browser.read(unnamed)?.key === this.form.dataset.key) browser.remove(unnamed);
    const here = browser.read(this.key);
    if (!here) return;
    if (this.isTheSame(here.data)) {
      browser.remove(this.key);
      return;
    }
    const { dataset } = this.form;
    if (here.version === this.field("version").value) {
      this.putBack(here);
      this.say(dataset.sayRestored);
      return;
    }
    // Somebody kept another text since: the writer decides.
    this.say(dataset.sayOlder);
    const button = document.createElement("button");
    button.type = "button";
    button.className = "link-button";
    button.textContent = dataset.sayPutBack;
    button.addEventListener("click", () => {
      this.putBack(here);
      this.say(dataset.sayRestored);
    });
    this.told.querySelector("p").append(" ", button);
  }

  isTheSame(data) {
    const typed = (pairs) =>
      JSON.stringify(
        pairs
          .filter(([name, value]) => value && !OF_ONE_VIEW.test(name))
          .map(([name, value]) => [name, value.replaceAll("\r\n", "\n").trim()])
          .sort(),
      );
    return typed(this.data) === typed(data);
  }

  putBack(here) {
    // It stays the lesson that it was, also when it was new.
    this.form.dataset.key = here.key;
    const values = new Map();
    for (const [name, value] of here.data) values.set(name, [...(values.get(name) ?? []), value]);
    for (const field of this.form.elements) {
      if (!field.name || field.type === "file" || field.type === "submit") continue;
      const given = values.get(field.name);
      if (field.type === "checkbox" || field.type === "radio") {
        field.checked = given?.includes(field.value) ?? false;
      } else if (given) {
        field.value = given[0];
      }
    }
    this.showWhoSees();
    this.changed();
  }

  chose(field) {
    if (field.name === "audience") this.showWhoSees();
    // The same word may stand in the list and among what was found.
    if (field.type === "checkbox") {
      for (const twin of this.form.elements) {
        if (twin.name === field.name && twin.value === field.value) twin.checked = field.checked;
      }
    }
  }

  showWhoSees() {
    const label = this.form.querySelector("[data-audience]:has(input:checked)");
    const sentence = document.querySelector("[data-who-sees] strong");
    if (label && sentence) sentence.textContent = label.dataset.audience;
  }

  /** Words and lessons that go with the text so far. */
  async thinkAlong() {
    const answers = [...this.form.querySelectorAll("[data-answer]")];
    const text = answers.map((field) => field.value).filter(Boolean).join("\n\n");
    if (text === this.thoughtOn) return;
    this.thoughtOn = text;
    const body = new FormData();
    body.set("text", text);
    body.set("number", this.number);
    body.set("csrfmiddlewaretoken", csrfToken() || this.field("csrfmiddlewaretoken").value);
    const chosen = this.form.querySelectorAll("[name=theme]:checked, [name=element]:checked");
    for (const { value } of chosen) body.append("term", value);
    try {
      const response = await fetch(this.form.dataset.thoughts, { method: "POST", body });
      if (!response.ok || response.redirected) return;
      const found = await response.text();
      if (this.thoughts.contains(document.activeElement)) return;
      this.thoughts.innerHTML = found;
    } catch {
      // It is only help.
    }
  }

  submit(event) {
    if (this.sending) {
      event.preventDefault();
      return;
    }
    this.sending = true;
    clearTimeout(this.timer);
    this.dirty = true;
    this.keepHere();
    this.stopped = true;
    this.field("csrfmiddlewaretoken").value =
      csrfToken() || this.field("csrfmiddlewaretoken").value;
    const button = event.submitter;
    if (button?.value === "send") {
      this.label = [button, button.textContent];
      button.textContent = this.form.dataset.sayBusy;
    }
    if (this.busy) {
      // What is on its way comes first, or it would be taken for another window.
      event.preventDefault();
      this.busy.then(() => {
        this.sending = false;
        this.form.requestSubmit(button);
      });
    }
  }

  /** Back from the next page: the form can be sent again. */
  release() {
    this.sending = this.stopped = false;
    if (this.label) this.label[0].textContent = this.label[1];
  }
}

/** The token of now: whoever signed in again in another window has a new one. */
function csrfToken() {
  return document.cookie.match(/(?:^|;\s*)csrftoken=([^;]+)/)?.[1] ?? "";
}

function forgetWhatWasSent(list) {
  const { writer } = list.dataset;
  forgetOthers(writer);
  const unnamed = `${PREFIX}${writer}:new`;
  for (const { dataset } of list.querySelectorAll("[data-sent]")) {
    browser.remove(`${PREFIX}${writer}:${dataset.sent}`);
    if (browser.read(unnamed)?.key === dataset.sent) browser.remove(unnamed);
  }
}

const form = document.querySelector("form[data-share]");
if (form) new ShareForm(form);
const list = document.querySelector("[data-my-lessons]");
if (list) forgetWhatWasSent(list);
