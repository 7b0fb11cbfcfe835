let deeds = 0;

export default function ({ data }) {
  if (data.deeds > deeds) document.querySelector("[data-testid=stMain]")?.scrollTo(0, 0);
  deeds = data.deeds;
  document.documentElement.lang = data.lang; // Streamlit says "en" whatever is shown

  const follow = (event) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
      return;
    const link = event.target.closest?.("a[href], a[*|href]");
    const href = link && (link.getAttribute("href") ?? link.getAttributeNS("http://www.w3.org/1999/xlink", "href"));
    if (!href?.startsWith("./")) return; // not a link to one of the pages
    event.preventDefault();
    // What Streamlit does on the browser's back button: one entry in the history, one run of the page.
    history.pushState({}, "", new URL(href, document.location.href));
    window.dispatchEvent(new PopStateEvent("popstate"));
    document.querySelector("[data-testid=stMain]")?.scrollTo(0, 0);
  };
  document.addEventListener("click", follow);
  return () => document.removeEventListener("click", follow);
}
