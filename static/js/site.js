/**
 * Small comforts. Everything on the site can be read, searched and sent without this file:
 * each part looks for its `data-` attribute and adds something to HTML that already works.
 */

/** Buttons that only work with a script are hidden until there is one. */
function showPrintButtons() {
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}

function showCopyButtons() {
  if (!navigator.clipboard) return;
  for (const button of document.querySelectorAll("[data-copy-link]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const status = button.parentElement.querySelector("[data-copy-status]");
      try {
        await navigator.clipboard.writeText(button.dataset.copyLink || location.href);
      } catch {
        return;
      }
      button.textContent = button.dataset.copied;
      if (status) status.textContent = button.dataset.copied;
    });
  }
}

/** The menu on a phone closes with Escape, and when somebody presses elsewhere. */
function closeMenus() {
  for (const menu of document.querySelectorAll("details[data-menu]")) {
    document.addEventListener("click", (event) => {
      if (menu.open && !menu.contains(event.target)) menu.open = false;
    });
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !menu.open) return;
      const focusInside = menu.contains(document.activeElement);
      menu.open = false;
      if (focusInside) menu.querySelector("summary").focus();
    });
  }
}

/** A video is a link; pressing it puts the player in its place. Other clicks follow the link. */
function playVideos() {
  for (const link of document.querySelectorAll("a[data-video-src]")) {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      const frame = document.createElement("iframe");
      frame.className = "video__frame";
      frame.src = link.dataset.videoSrc;
      frame.title = link.dataset.videoTitle || link.textContent.trim();
      frame.allow = "autoplay; fullscreen";
      frame.allowFullscreen = true;
      frame.referrerPolicy = "strict-origin-when-cross-origin";
      frame.tabIndex = 0;
      link.replaceWith(frame);
      frame.focus();
    });
  }
}

/**
 * Tells the site for which question a result was opened, so that it can learn which questions
 * lead nowhere. Not which result, and nothing about the reader; links stay plain links.
 */
function countOpenedResults() {
  const results = document.querySelector("[data-opened]");
  if (!results || !navigator.sendBeacon) return;
  const tell = (event) => {
    if (event.button > 1 || !event.target.closest("a[data-result]")) return;
    const question = new URLSearchParams({ q: results.dataset.question });
    navigator.sendBeacon(results.dataset.opened, question);
  };
  results.addEventListener("click", tell);
  results.addEventListener("auxclick", tell);
}

/** Who signs out leaves no text of a lesson behind at this computer (share.js). */
function forgetTextAtSigningOut() {
  document.querySelector("form[data-sign-out]")?.addEventListener("submit", () => {
    try {
      for (const key of Object.keys(localStorage)) {
        if (key.startsWith("lesson:")) localStorage.removeItem(key);
      }
    } catch {
      // Nothing is kept where that is forbidden.
    }
  });
}

/** Who goes back sees the choices of the address, not those that were made before leaving. */
function showChoicesOfAddress() {
  for (const form of document.querySelectorAll("form[data-of-address]")) {
    window.addEventListener("pageshow", (event) => {
      if (event.persisted) form.reset();
    });
  }
}

showPrintButtons();
showCopyButtons();
closeMenus();
playVideos();
countOpenedResults();
showChoicesOfAddress();
forgetTextAtSigningOut();
