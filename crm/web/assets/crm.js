/* What Streamlit leaves undone: the focus after a change of page, the focus on what is wrong with a form, the
   way from there to the field, links between pages that keep the session, the role of the place where files
   are dropped, which has a name and so cannot be mere decoration; a warning before one is signed out, and
   words for a connection that is lost; the keys Alt+L and Escape of logging a contact; text kept while typed;
   and the box at the top of every page in which records are found as one types.
   It holds no record longer than it shows it, and stores nothing. */
(() => {
  "use strict";
  /* Streamlit reads this as it starts. Its own dialogs speak to programmers, also when a connection is lost. */
  window.__streamlit = { ...window.__streamlit, HOST_CONFIG: { ...window.__streamlit?.HOST_CONFIG, blockErrorDialogs: true } };

  let page = null;
  let pagesBefore = 0;
  let problems = null;
  let isFollowed = false;

  const focusOn = (element) => {
    if (!element.hasAttribute("tabindex") && !element.matches("input, textarea, select, button, a")) {
      element.tabIndex = -1;
    }
    element.focus();
  };

  /* A change of page puts the focus on its heading, but not the first one: a browser starts at the top.
     A page that a link of ours opens, or Find, is followed until somebody does something: that link goes with
     the page it stood on, even where the next one has the same address but for a parameter. */
  const followPage = () => {
    const here = location.pathname + location.search.replace(/([?&])(q|page)=[^&]*/g, "");
    const heading = document.querySelector('[data-testid="stMain"] h1');
    if (heading && isFollowed && document.activeElement === document.body) focusOn(heading);
    if (!heading || here === page) return;
    if (heading.dataset.crmSeen === "yes" && page !== null && location.pathname === page.split("?")[0]) return;
    const isFirst = page === null;
    if (!isFirst) pagesBefore += 1;
    page = here;
    heading.dataset.crmSeen = "yes";
    if (!isFirst) focusOn(heading);
  };

  /* A page that is there for one answer says in which field one starts; whoever is elsewhere by then stays. */
  let started = null;
  const followStart = () => {
    const start = document.querySelector(".crm-start[data-k]");
    if (!start) started = null;
    if (!start || start.dataset.k === started) return;
    const field = fieldOf(start.dataset.k);
    const at = document.activeElement;
    if (!field) return;
    started = start.dataset.k;
    if (!at || at === document.body || at.matches("h1, a")) field.focus();
  };

  /* A new summary takes the focus once, and the title says that something is wrong. */
  const followProblems = () => {
    const summary = document.querySelector(".crm-error-summary");
    const said = summary ? summary.textContent : null;
    if (said !== problems && summary) {
      focusOn(summary);
      if (!document.title.startsWith("Error: ")) document.title = `Error: ${document.title}`;
    }
    if (!said && document.title.startsWith("Error: ")) document.title = document.title.slice(7);
    problems = said;
    if (summary) markFields(summary);
  };

  const fieldOf = (key) =>
    document.querySelector(`.st-key-${CSS.escape(key)} :is(input, textarea, [role="combobox"], [role="radio"], button)`);

  const markFields = (summary) => {
    for (const link of summary.querySelectorAll("a[data-k]")) {
      const field = fieldOf(link.dataset.k);
      if (field && field.getAttribute("aria-invalid") !== "true") field.setAttribute("aria-invalid", "true");
    }
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.(".crm-error-summary a[data-k]");
    if (!link) return;
    event.preventDefault();
    const field = fieldOf(link.dataset.k);
    if (field) {
      field.focus();
      field.scrollIntoView({ block: "center" });
    }
  });

  /* Streamlit follows the browser's history, so a link to one of its pages need not load everything anew. */
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a.crm-link:not([download], .crm-outside)");
    const isPlain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
    if (!link || !isPlain || event.defaultPrevented) return;
    event.preventDefault();
    isFollowed = true;
    history.pushState({}, "", link.href);
    dispatchEvent(new PopStateEvent("popstate", { state: {} }));
  });

  /* What is being typed goes to the service before the page does: leaving the field sends it. */
  const leave = (go) => {
    document.activeElement?.blur?.();
    setTimeout(go, 120);
  };

  /* Alt+L logs a contact from anywhere; Escape leaves that page for the one before, if nothing is open on it. */
  document.addEventListener("keydown", (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.code !== "KeyL") return;
    const link = document.querySelector(".crm-log a");
    if (!link) return;
    event.preventDefault();
    leave(() => link.click());
  });
  document.addEventListener("keydown", (event) => {
    const opened = document.querySelectorAll('[role="listbox"], [role="dialog"], [role="menu"], dialog[open]');
    const isOpen = [...opened].some((element) => element.getClientRects().length > 0);
    const mayLeave = document.querySelector(".crm-start[data-escape]");
    if (event.key !== "Escape" || event.defaultPrevented || isOpen || !mayLeave) return;
    leave(() => {
      if (pagesBefore > 0) history.back();
      else (document.querySelector(".stMain .crm-links a") || document.querySelector("nav a"))?.click();
    });
  });

  /* Streamlit sends a text when one leaves its field, or by Ctrl+Enter: a pause in typing does the latter, so
     that a draft of it is kept although the connection, the battery or the tab goes. */
  const PAUSE = 1500;
  const pauses = new WeakMap();
  const send = (field) => {
    const sent = { key: "Enter", code: "Enter", ctrlKey: true, bubbles: true, cancelable: true };
    if (field.isConnected) field.dispatchEvent(new KeyboardEvent("keydown", sent));
  };
  document.addEventListener("input", (event) => {
    const area = event.target;
    if (!area.matches?.('[data-testid="stMain"] textarea')) return;
    clearTimeout(pauses.get(area));
    pauses.set(area, setTimeout(() => send(area), PAUSE));
  });

  /* While a connection is lost, Streamlit shuts its fields and sends nothing, and after a restart it shows what
     was stored last. Whoever is writing goes on; what was written since is held here, then written again and
     sent. Of the same words Streamlit sends nothing, so a space goes first. */
  const FIELDS = '[data-testid="stMain"] :is(textarea, input[data-testid="stTextInputField"][type="text"])';
  const STEP = 80;
  const RECOVERY = 10000;
  const written = new Map();
  let lastField = null;
  let wasConnected = false;
  let isLost = false;
  let backAt = 0;
  let isWriting = false;

  const keyOf = (field) => field.closest('[class*="st-key-"]')?.className.match(/st-key-(\S+)/)?.[1];
  document.addEventListener("input", (event) => {
    if (isWriting || !event.target.matches?.(FIELDS)) return;
    const key = keyOf(event.target);
    if (key) written.set(key, event.target.value);
  }, { capture: true });
  document.addEventListener("focusin", (event) => {
    lastField = event.target.matches?.(FIELDS) ? event.target : null;
  });
  document.addEventListener("click", (event) => { if (event.target.closest?.("button, a")) backAt = 0; });

  const write = (field, text) => {
    const { selectionStart: start, selectionEnd: end } = field;
    isWriting = true;
    Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), "value").set.call(field, text);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    isWriting = false;
    field.setSelectionRange(start, end);
  };

  const pause = (milliseconds) => new Promise((go) => { setTimeout(go, milliseconds); });
  let isGivingBack = false;
  const giveBack = async (wanted) => {
    if (isGivingBack) return;
    isGivingBack = true;
    for (const key of wanted) {
      for (const end of [" ", ""]) {
        const field = fieldOf(key);
        if (!field || isLost) continue;
        write(field, written.get(key) + end);
        await pause(STEP);
        send(field);
        await pause(STEP);
      }
    }
    isGivingBack = false;
  };

  const followWriting = () => {
    const app = document.querySelector('[data-testid="stApp"]');
    const state = app?.dataset.testConnectionState;
    if (state === "CONNECTED") wasConnected = true;
    if (!wasConnected) return;
    if (state !== "CONNECTED") {
      isLost = true;
      for (const field of document.querySelectorAll(FIELDS)) field.disabled = false;
      if (lastField?.isConnected && document.activeElement === document.body) lastField.focus();
    } else if (app.dataset.testScriptState === "notRunning") {
      if (isLost) backAt = Date.now();
      const isBack = Date.now() - backAt < RECOVERY;
      const differ = [...written.keys()].filter((key) => fieldOf(key)?.value !== written.get(key));
      if (isLost) giveBack([...written.keys()]);
      else if (isBack && differ.length) giveBack(differ);
      else if (!isBack) differ.forEach((key) => written.delete(key));
      isLost = false;
    }
  };

  const nameDropZones = () => {
    const zones = '[data-testid="stFileUploaderDropzone"][role="presentation"]';
    for (const zone of document.querySelectorAll(zones)) zone.setAttribute("role", "group");
  };

  /* Every row of a list of tasks has the same buttons: each is named after its task for who cannot see the row. */
  const nameTaskButtons = () => {
    for (const task of document.querySelectorAll(".crm-task[data-title]")) {
      for (const button of task.closest('[class*="st-key-task-row-"]')?.querySelectorAll("button") ?? []) {
        const words = button.querySelector("p")?.textContent.trim();
        const name = `${words}: ${task.dataset.title}`;
        if (words && button.getAttribute("aria-label") !== name) button.setAttribute("aria-label", name);
      }
    }
  };

  /* A pressed button may go with its row or form, and the focus with it: it comes back at what was done, on the
     way to undo it where there is one. */
  let outcome = null;
  let isFocusLost = false;
  for (const sign of ["keydown", "pointerdown"]) {
    document.addEventListener(sign, () => { isFocusLost = false; }, { capture: true, passive: true });
  }
  const followOutcome = () => {
    const said = document.querySelector(".st-key-task-outcome, .st-key-crm-flash");
    if (said && said.textContent !== outcome) isFocusLost = true;
    outcome = said ? said.textContent : null;
    if (!said || !isFocusLost || document.activeElement !== document.body) return;
    isFocusLost = false;
    focusOn(said.querySelector("button") ?? said);
  };

  /* Two minutes before a sign-in ends, say so and offer to stay; whoever is typing is not asked, and stays. */
  const WARNING = 120;
  const LATEST = 2 ** 31 - 1;
  let usedAt = Date.now();
  let waiting = 0;
  for (const sign of ["keydown", "pointerdown"]) {
    document.addEventListener(sign, () => { usedAt = Date.now(); isFollowed = false; }, { capture: true, passive: true });
  }

  const leaving = document.createElement("dialog");
  leaving.className = "crm-leaving";
  leaving.setAttribute("aria-labelledby", "crm-leaving-title");
  leaving.setAttribute("aria-describedby", "crm-leaving-words");
  const title = document.createElement("h2");
  title.id = "crm-leaving-title";
  const words = document.createElement("p");
  words.id = "crm-leaving-words";
  const stay = document.createElement("button");
  stay.type = "button";
  stay.textContent = "Stay signed in";
  const again = document.createElement("a");
  again.href = "/login";
  again.textContent = "Sign in again";
  const close = document.createElement("button");
  close.type = "button";
  close.textContent = "Close this message";
  leaving.append(title, words, stay, again, close);

  const say = (heading, text, { mayStay = false, isOver = false } = {}) => {
    if (!leaving.isConnected) document.body.append(leaving);
    title.textContent = heading;
    words.textContent = text;
    stay.hidden = !mayStay;
    again.hidden = !isOver;
    close.hidden = mayStay;
    if (!leaving.open) leaving.showModal();
  };

  const askLater = (seconds) => {
    clearTimeout(waiting);
    waiting = setTimeout(() => follow("GET"), Math.min(LATEST, Math.max(1, seconds) * 1000));
  };

  const KEPT = "What you saved is safe, and what you typed into a form is kept as a draft.";

  const follow = async (method) => {
    let time;
    try {
      const answer = await fetch("/session", { method, cache: "no-store" });
      if (answer.status === 401) {
        say("You are signed out", KEPT, { isOver: true });
        return;
      }
      time = await answer.json();
    } catch {
      askLater(30);
      return;
    }
    if (time.left > WARNING) {
      if (leaving.open) leaving.close();
      askLater(time.left - WARNING);
    } else if (time.at_most - time.left <= 1) {
      say("You will be signed out in less than 2 minutes", `Your sign-in has lasted as long as a sign-in may. Finish what you are doing, then sign in again. ${KEPT}`);
      askLater(time.left + 1);
    } else if (method === "GET" && Date.now() - usedAt < WARNING * 1000) {
      follow("POST");
    } else {
      say("You will be signed out in less than 2 minutes", `You have not done anything here for a while. ${KEPT}`, { mayStay: true });
      askLater(time.left + 1);
    }
  };

  stay.addEventListener("click", () => { usedAt = Date.now(); follow("POST"); });
  close.addEventListener("click", () => leaving.close());
  leaving.addEventListener("cancel", (event) => {
    if (stay.hidden) return;
    event.preventDefault();
    stay.click();
  });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) follow("GET"); });
  follow("GET");

  /* Streamlit shows a small sign only; after three seconds without a connection this says what happens. */
  const PATIENCE = 3000;
  const lost = document.createElement("p");
  lost.className = "crm-lost";
  lost.setAttribute("role", "status");
  let lostFor = 0;
  const followConnection = () => {
    const app = document.querySelector('[data-testid="stApp"]');
    const state = app?.dataset.testConnectionState;
    if (!lost.isConnected) document.body.append(lost);
    if (!state || state === "CONNECTED" || state === "INITIAL") {
      clearTimeout(lostFor);
      lostFor = 0;
      if (lost.textContent) lost.textContent = "";
    } else if (!lostFor) {
      lostFor = setTimeout(() => {
        lost.textContent = "The connection to the service is lost. This page tries again by itself. "
          + "What you saved is safe. Leave the page open: you can go on writing, and the rest works once it is back.";
      }, PATIENCE);
    }
  };

  /* Find: a combobox whose list is asked for by post, so that what is typed is in no address and no history. */
  const FIND_PAUSE = 200;
  let find = null;

  const made = (name, attributes, ...inner) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...inner);
    return element;
  };

  const makeFind = () => {
    const input = made("input", {
      id: "crm-find", type: "text", role: "combobox", autocomplete: "off", spellcheck: "false", maxlength: "200",
      enterkeyhint: "search", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": "crm-find-list",
      "aria-keyshortcuts": "Alt+K", title: "Find a record by its name, number, postcode or telephone (Alt+K)",
    });
    const list = made("div", { id: "crm-find-list", role: "listbox", "aria-label": "What was found" });
    const said = made("p", { role: "status", class: "crm-find-said" });
    const whole = made("div", { class: "crm-find", role: "search", "aria-label": "Find a record" },
      made("label", { for: "crm-find" }, "Find"), input, list, said);
    list.hidden = true;
    let asked = null;
    let pause = 0;
    let all = "";
    let at = -1;
    const options = () => [...list.querySelectorAll('[role="option"]')];

    const close = () => {
      clearTimeout(pause);
      asked?.abort();
      list.hidden = true;
      at = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    };
    const empty = () => { close(); input.value = ""; said.textContent = ""; all = ""; list.replaceChildren(); };

    const open = (to) => {
      empty();
      input.blur();
      isFollowed = true;
      history.pushState({}, "", to);
      dispatchEvent(new PopStateEvent("popstate", { state: {} }));
    };

    const option = (to, ...inner) => {
      const row = made("div", { role: "option", "aria-selected": "false", "data-to": to }, ...inner);
      row.addEventListener("click", () => open(to));
      return row;
    };

    const show = (found) => {
      all = found.all;
      const groups = found.groups.map((group, place) => made("div", { role: "group", "aria-labelledby": `crm-find-${place}` },
        made("p", { id: `crm-find-${place}`, role: "presentation" }, `${group.name} (${group.total.toLocaleString("en-GB")})`),
        ...group.hits.map((hit) => option(hit.to, made("b", {}, hit.title), ...(hit.detail ? [" ", made("small", {}, hit.detail)] : [])))));
      const more = found.total ? [option(all, "Show everything that was found")] : [];
      list.replaceChildren(...groups, ...more);
      options().forEach((row, place) => { row.id = `crm-find-option-${place}`; });
      at = -1;
      input.removeAttribute("aria-activedescendant");
      list.hidden = !found.total;
      input.setAttribute("aria-expanded", String(Boolean(found.total)));
      said.textContent = found.total === 0 ? "Nothing was found."
        : `${found.total.toLocaleString("en-GB")} found. Use the arrow keys to choose.`;
    };

    const ask = async () => {
      asked?.abort();
      asked = new AbortController();
      try {
        const answer = await fetch("/found", {
          method: "POST", body: new URLSearchParams({ q: input.value }), cache: "no-store", signal: asked.signal,
        });
        if (!answer.ok) throw new Error(String(answer.status));
        show(await answer.json());
        return true;
      } catch (problem) {
        if (problem.name !== "AbortError") { close(); said.textContent = "This could not be looked for. Try again."; }
        return false;
      }
    };

    const move = (step) => {
      const rows = options();
      if (!rows.length) return;
      rows[at]?.setAttribute("aria-selected", "false");
      at = at < 0 && step < 0 ? rows.length - 1 : (at + step + rows.length) % rows.length;
      rows[at].setAttribute("aria-selected", "true");
      rows[at].scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", rows[at].id);
    };

    input.addEventListener("input", () => {
      clearTimeout(pause);
      if (input.value.trim().length < 2) { close(); said.textContent = ""; return; }
      pause = setTimeout(ask, FIND_PAUSE);
    });
    input.addEventListener("keydown", async (event) => {
      if (event.isComposing) return;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (list.hidden && options().length) { list.hidden = false; input.setAttribute("aria-expanded", "true"); }
        move(event.key === "ArrowDown" ? 1 : -1);
      } else if (event.key === "Enter" && input.value.trim()) {
        event.preventDefault();
        clearTimeout(pause);
        const row = list.hidden ? null : options()[at];
        if (row) open(row.dataset.to);
        else if (await ask()) open(all);
      } else if (event.key === "Escape") {
        if (list.hidden) empty(); else close();
      }
    });
    input.addEventListener("blur", close);
    list.addEventListener("pointerdown", (event) => event.preventDefault());
    document.addEventListener("keydown", (event) => {
      if (event.code !== "KeyK" || !event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      if (document.querySelector('dialog[open], [role="dialog"]')) return;
      event.preventDefault();
      input.focus();
      input.select();
    });
    return whole;
  };

  const followFind = () => {
    const app = document.querySelector('[data-testid="stApp"]');
    if (find || !app || !document.querySelector("[data-crm-find]")) return;
    find = makeFind();
    document.body.prepend(find);
    /* It stands beside Streamlit's own part of the page, and has to be told whether that is light or dark. */
    const shade = () => { find.style.colorScheme = getComputedStyle(app).colorScheme; };
    new MutationObserver(shade).observe(app, { attributes: true, attributeFilter: ["class", "style"] });
    shade();
  };

  let isAsked = false;
  new MutationObserver((changes) => {
    /* At once, so that no letter falls between two pictures. */
    if (changes.some((change) => change.attributeName === "disabled")) followWriting();
    if (isAsked) return;
    isAsked = true;
    requestAnimationFrame(() => {
      isAsked = false;
      followPage();
      followProblems();
      followStart();
      nameDropZones();
      nameTaskButtons();
      followOutcome();
      followConnection();
      followWriting();
      followFind();
    });
  }).observe(document.documentElement, {
    childList: true, subtree: true, characterData: true,
    attributes: true, attributeFilter: ["data-test-connection-state", "data-test-script-state", "disabled"],
  });
})();
