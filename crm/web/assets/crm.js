/* Five things that Streamlit leaves undone: the focus after a change of page, the focus on what is wrong
   with a form, the way from there to the field, links between pages that keep the session, and the role of
   the place where files are dropped, which has a name and so cannot be mere decoration.
   It holds no record and stores nothing. */
(() => {
  "use strict";
  let page = null;
  let problems = null;

  const focusOn = (element) => {
    if (!element.hasAttribute("tabindex") && !element.matches("input, textarea, select, button, a")) {
      element.tabIndex = -1;
    }
    element.focus();
  };

  /* A change of page puts the focus on its heading, but not the first one: a browser starts at the top. */
  const followPage = () => {
    const here = location.pathname + location.search.replace(/([?&])(q|page)=[^&]*/g, "");
    const heading = document.querySelector('[data-testid="stMain"] h1');
    if (!heading || here === page) return;
    if (heading.dataset.crmSeen === "yes" && page !== null && location.pathname === page.split("?")[0]) return;
    const isFirst = page === null;
    page = here;
    heading.dataset.crmSeen = "yes";
    if (!isFirst) focusOn(heading);
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
    const link = event.target.closest?.("a.crm-link:not([download])");
    const isPlain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
    if (!link || !isPlain || event.defaultPrevented) return;
    event.preventDefault();
    history.pushState({}, "", link.href);
    dispatchEvent(new PopStateEvent("popstate", { state: {} }));
  });

  const nameDropZones = () => {
    const zones = '[data-testid="stFileUploaderDropzone"][role="presentation"]';
    for (const zone of document.querySelectorAll(zones)) zone.setAttribute("role", "group");
  };

  let isAsked = false;
  new MutationObserver(() => {
    if (isAsked) return;
    isAsked = true;
    requestAnimationFrame(() => {
      isAsked = false;
      followPage();
      followProblems();
      nameDropZones();
    });
  }).observe(document.documentElement, { childList: true, subtree: true, characterData: true });
})();
