extension PageScript {
  static let tools: StaticString = #"""

    "use strict";
    const find = (selector, root = document) => root.querySelector(selector);
    const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));
    const make = (tag, properties, ...children) => {
      const element = Object.assign(document.createElement(tag), properties);
      element.append(...children);
      return element;
    };

    """#

  /// A button beside each command.
  static let copying: StaticString = #"""
    {
      const label = "Copy";
      for (const command of all(".cmd")) command.append(make("button", {type: "button", className: "copy", textContent: label}));
      const status = make("p", {className: "skip"});
      status.setAttribute("role", "status");
      document.body.append(status);
      const copy = async (text) => {
        try {
          await navigator.clipboard.writeText(text);
        } catch {
          const field = make("textarea", {value: text, className: "skip"});
          document.body.append(field);
          field.select();
          document.execCommand("copy");
          field.remove();
        }
      };
      document.addEventListener("click", async (event) => {
        const button = event.target.closest(".copy");
        if (!button) return;
        await copy(find("code", button.parentElement).textContent);
        button.textContent = "Copied";
        status.textContent = "Copied to the clipboard";
        setTimeout(() => { button.textContent = label; status.textContent = ""; }, 1500);
      });
    }

    """#

  /// Everything but raw sources is open on paper, and as it was afterwards.
  static let printing: StaticString = #"""
    {
      let closed = [];
      addEventListener("beforeprint", () => {
        closed = all("details:not([open], .source)");
        for (const part of closed) part.open = true;
      });
      addEventListener("afterprint", () => {
        for (const part of closed) part.open = false;
        closed = [];
      });
    }

    """#
}
