/**
 * Suggestions under a search field: a combobox with a list (ARIA 1.2), which leaves the focus in
 * the field. Without this file, without a connection or without an answer the field stays what it
 * is in the HTML: a field in a form that can be sent.
 */

// A beginning of fewer characters is a beginning of everything.
const SHORTEST = 2;
// So many milliseconds without a key: somebody pauses.
const PAUSE = 150;

class Suggestions {
  #field;
  #list;
  #status;
  #address;
  #texts;
  #timer = 0;
  #request = null;
  #active = null;

  /** @param {HTMLElement} box around the field, with the address and the texts as `data-`. */
  constructor(box) {
    this.#field = box.querySelector("input");
    this.#address = box.dataset.suggest;
    this.#texts = box.dataset;
    this.#list = this.#newList();
    this.#status = newElement("span", { className: "visually-hidden", role: "status" });
    box.append(this.#list, this.#status);
    this.#describeField();
    this.#listen();
  }

  #newList() {
    const list = newElement("ul", {
      className: "suggestions",
      id: `${this.#field.id}-suggestions`,
      role: "listbox",
      ariaLabel: this.#texts.suggestLabel,
      hidden: true,
      // A list that scrolls would else be a stop of the Tab key.
      tabIndex: -1,
    });
    // A press on the list, a scrollbar included, leaves the focus in the field.
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.#choose(option);
    });
    return list;
  }

  #describeField() {
    this.#field.role = "combobox";
    this.#field.ariaAutoComplete = "list";
    this.#field.ariaExpanded = "false";
    this.#field.setAttribute("aria-controls", this.#list.id);
  }

  #listen() {
    this.#field.addEventListener("input", () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#ask(), PAUSE);
    });
    this.#field.addEventListener("keydown", (event) => this.#press(event));
    this.#field.addEventListener("blur", () => this.#close());
    this.#field.form.addEventListener("submit", () => this.#close());
  }

  // Asking

  async #ask() {
    this.#stop();
    const beginning = this.#field.value.trim();
    if (beginning.length < SHORTEST || !navigator.onLine) return this.#close();
    this.#request = new AbortController();
    const { signal } = this.#request;
    try {
      this.#show(await this.#answerTo(beginning, signal));
    } catch {
      // What was overtaken by a newer request is not the list of now.
      if (!signal.aborted) this.#close();
    }
  }

  async #answerTo(beginning, signal) {
    const address = new URL(this.#address, location.href);
    address.searchParams.set("q", beginning);
    // Everybody gets the same, so there is no need to tell who asks.
    const response = await fetch(address, { signal, credentials: "omit" });
    if (!response.ok) throw new Error(`${response.status}`);
    return (await response.json()).suggestions;
  }

  #stop() {
    clearTimeout(this.#timer);
    this.#request?.abort();
  }

  // Showing

  #show(suggestions) {
    this.#activate(null);
    this.#list.replaceChildren(...suggestions.map((one, place) => this.#newOption(one, place)));
    this.#list.hidden = suggestions.length === 0;
    this.#list.scrollTop = 0;
    this.#field.ariaExpanded = String(this.#isOpen);
    this.#status.textContent = this.#count(suggestions.length);
  }

  #newOption(suggestion, place) {
    const option = newElement("li", {
      className: "suggestions__option",
      id: `${this.#list.id}-${place}`,
      role: "option",
      ariaSelected: "false",
    });
    option.append(
      newElement("bdi", { className: "suggestions__text", textContent: suggestion.text }),
      // With a comma a screen reader pauses between the two.
      newElement("span", { className: "visually-hidden", textContent: ", " }),
      newElement("span", { className: "suggestions__kind", textContent: suggestion.label }),
    );
    return option;
  }

  #count(number) {
    const { suggestNone, suggestOne, suggestMany } = this.#texts;
    if (number === 0) return suggestNone;
    return number === 1 ? suggestOne : suggestMany.replace("{number}", number);
  }

  #close() {
    this.#stop();
    this.#activate(null);
    this.#list.hidden = true;
    this.#field.ariaExpanded = "false";
    this.#status.textContent = "";
  }

  get #isOpen() {
    return !this.#list.hidden;
  }

  // Moving and choosing

  #press(event) {
    // These keys belong to the letters that somebody is composing.
    if (event.isComposing) return;
    switch (event.key) {
      case "ArrowDown":
      case "ArrowUp":
        event.preventDefault();
        this.#walk(event.key === "ArrowDown" ? 1 : -1, event.altKey);
        break;
      case "Enter":
        if (!this.#active) return;
        event.preventDefault();
        this.#choose(this.#active);
        break;
      case "Escape":
        // The first press closes the list; only the next one empties the field.
        if (this.#isOpen) event.preventDefault();
        this.#close();
        break;
      case "Tab":
        this.#close();
        break;
      case "Home":
      case "End":
      case "ArrowLeft":
      case "ArrowRight":
        // Back to the text, in which these keys move.
        this.#activate(null);
        break;
    }
  }

  /** One option on, through the text itself between the last and the first. Alt opens or closes. */
  async #walk(step, alone) {
    if (alone && step < 0) return this.#close();
    if (!this.#isOpen) await this.#ask();
    if (alone || !this.#isOpen) return;
    const stops = [null, ...this.#list.children];
    const place = stops.indexOf(this.#active) + step;
    this.#activate(stops.at(place % stops.length));
  }

  #activate(option) {
    if (this.#active) this.#active.ariaSelected = "false";
    this.#active = option;
    if (!option) {
      this.#field.removeAttribute("aria-activedescendant");
      return;
    }
    option.ariaSelected = "true";
    this.#field.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  #choose(option) {
    this.#field.value = option.querySelector("bdi").textContent;
    this.#close();
    this.#field.form.requestSubmit();
  }
}

function newElement(name, properties) {
  return Object.assign(document.createElement(name), properties);
}

for (const box of document.querySelectorAll("[data-suggest]")) new Suggestions(box);
