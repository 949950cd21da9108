"""SimCord's page as the demo serves it: in the reader's language, and acting as Discord does where SimCord does not.

SimCord is pinned: each correction and each phrase is looked for in its source, and a test fails where one is gone.
"""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from bot.demo.previews import STATIC

FRAME: Final = Path(__file__).with_name("static") / "frame.json"
"""The phrases of SimCord's page, by their English as its source has it."""
_PHRASES: Final[Mapping[str, Mapping[str, str]]] = json.loads(FRAME.read_text(encoding="utf-8"))
_OURS: Final = (
    '<link rel="stylesheet" href="/demo/static/discord.css">'
    '<script src="/demo/static/discord.js" defer></script>\n  </head>'
)

CORRECTIONS: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "index.html": (
        ("</head>", _OURS),
        # The one heading of the first level is that of the page around.
        ('<h1 id="channel-name"></h1>', '<h2 id="channel-name"></h2>'),
        ("<h1>Messages</h1>", "<h2>Messages</h2>"),
        ('role="log" aria-live="polite"', 'role="log" aria-live="polite" aria-label="Messages" tabindex="0"'),
        ("No messages in this channel.", "Nothing has been said here yet. Type / to see what you may do."),
    ),
    "commands.js": (
        # Enter sends a complete command, unless somebody moved through the list of choices.
        ("let suggestionListbox = null;", "let suggestionListbox = null;\n  let hasMoved = false;"),
        # Which commands there are, for the page around; null: not known yet.
        (
            'let catalogState = "idle";',
            'let catalogState = "idle";\n  window.commandEntries = () => catalog?.entries ?? null;',
        ),
        (
            "      return Boolean(suggestionListbox?.handleKey(event));",
            "      hasMoved = true;\n      return Boolean(suggestionListbox?.handleKey(event));",
        ),
        ("function clearPopup() {", "function clearPopup() {\n    hasMoved = false;"),
        # What is read aloud of the lists.
        (
            'list.id = "command-suggestion-listbox";',
            (
                'list.id = "command-suggestion-listbox";\n    list.tabIndex = 0;'
                '\n    list.setAttribute("aria-label", heading);'
            ),
        ),
        ('list.id = "command-picker-listbox";', 'list.id = "command-picker-listbox";\n    list.tabIndex = 0;'),
        (
            'chip.dataset.commandChip = "true";',
            (
                'chip.dataset.commandChip = "true";\n    chip.setAttribute("role", "combobox");'
                '\n    chip.setAttribute("aria-expanded", "false");'
            ),
        ),
        (
            'if (event.key === "Enter") {\n      if (popup && !popupElement().hidden',
            'if (event.key === "Enter") {\n      if ((hasMoved || !submittable()) && popup && !popupElement().hidden',
        ),
    ),
    "listbox.js": (
        (
            'else if (!owner.hasAttribute("aria-expanded"))',
            'else if (!owner.matches("textarea, [aria-expanded]"))',
        ),
        (
            'owner.setAttribute("aria-expanded", String(Boolean(value)));',
            'if (!owner.matches("textarea")) owner.setAttribute("aria-expanded", String(Boolean(value)));',
        ),
    ),
    "selects.js": (
        # What scrolls can be reached without a mouse.
        (
            'const popup = node("div", "select-list");',
            'const popup = node("div", "select-list");\n  popup.tabIndex = 0;',
        ),
        (
            '  trigger.setAttribute("aria-valuetext", displaySelection(selected, entries, selectedEntries, label));\n',
            "",
        ),
        # A list shows what its message says is chosen whenever the bot has changed that, as an opened ballot does.
        ("function displaySelection(", "const offeredBefore = new Map();\nfunction displaySelection("),
        (
            "  if (draftValue(key) === undefined) {\n",
            (
                "  if (component.type === TYPE.STRING_SELECT && options.modalHandle == null) {\n"
                "    const offered = optionDefaults(entries).slice(0, maximum), before = offeredBefore.get(key);\n"
                "    offeredBefore.set(key, JSON.stringify(offered));\n"
                "    if (![undefined, JSON.stringify(offered)].includes(before))"
                " options.onReconcileDraft?.(key, offered);\n"
                "  }\n"
                "  if (draftValue(key) === undefined) {\n"
            ),
        ),
        # A list that is closed sends what was chosen, however it is closed.
        (
            'const popupOpen = () => wrap.classList.contains("is-open");',
            (
                'const popupOpen = () => wrap.classList.contains("is-open");\n'
                "  const closeList = () => { if (!multi || onCommit?.(key) === false) onCancel?.(key); };"
            ),
        ),
        (
            "      event.stopPropagation();\n      onCancel?.(key);\n      return;",
            "      event.stopPropagation();\n      closeList();\n      return;",
        ),
        (
            "      event.stopPropagation();\n      onCancel?.(key);\n    }\n  });",
            "      event.stopPropagation();\n      closeList();\n    }\n  });",
        ),
        (
            "if (!wrap.isConnected || wrap.contains(document.activeElement)) return;\n      onCancel?.(key);",
            "if (!wrap.isConnected || wrap.contains(document.activeElement)) return;\n      closeList();",
        ),
    ),
    "timeline.js": (
        # Who is at the newest message stays there while pictures are loaded, until they scroll up themselves.
        (
            'ui.timeline.addEventListener("scroll", () => {',
            (
                'let lastTop = 0;\n  ui.timeline.addEventListener("scroll", () => {\n'
                "    const hasRisen = ui.timeline.scrollTop < lastTop;\n    lastTop = ui.timeline.scrollTop;\n"
                '    if (state.scrollIntent?.policy === "bottom" && !hasRisen) return;'
            ),
        ),
        (
            'if (state.scrollIntent?.policy !== "target") state.scrollIntent = captureScrollIntent();\n    },',
            (
                'if (!["target", "bottom"].includes(state.scrollIntent?.policy))'
                " state.scrollIntent = captureScrollIntent();\n    },"
            ),
        ),
        # A channel opens at its newest message.
        (": state.scrollIntent || captureScrollIntent();", ': state.scrollIntent || { policy: "bottom" };'),
        # An answer that somebody waits for comes into sight.
        (
            "    if ((snapshot.history?.hasAfter || hasNewTail)",
            (
                '    if (hasNewTail && window.isAwaiting?.()) state.scrollIntent = { policy: "bottom" };\n'
                "    if ((snapshot.history?.hasAfter || hasNewTail)"
            ),
        ),
        (
            "  return {\n    /** @param {boolean} blocked */",
            (
                "  window.showNewest = () => {\n"
                '    state.scrollIntent = { policy: "bottom" };\n    reconcileScrollIntent();\n  };\n'
                "  return {\n    /** @param {boolean} blocked */"
            ),
        ),
    ),
    "text.js": (
        # Mentions of people, channels and commands can be pressed.
        (
            'target.append(node("span", token.type === "mention" ? "mention" : "command-mention", token.label || ""));',
            "target.append(window.mention(token));",
        ),
    ),
    "messages.js": (
        # So can the name of the person who wrote a message.
        (
            "applyRoleColor(author, message.author);",
            "applyRoleColor(author, message.author);\n    window.nameOf(message.author, author);",
        ),
    ),
}
"""By file: what is replaced, once, by what."""


@cache
def page(language: str) -> str:
    """Return the HTML of SimCord's page in a language of the demo."""
    html = _corrected("index.html", language)
    html = html.replace('<html lang="en">', f'<html lang="{language}">', 1)
    return html.replace('src="/app.js"', f'src="/discord/{language}/app.js"', 1)


@cache
def script(name: str, language: str) -> str:
    """Return a script of SimCord's page in a language of the demo. Raises FileNotFoundError."""
    return _corrected(name, language)


def _corrected(name: str, language: str) -> str:
    source = (STATIC / name).read_text(encoding="utf-8")
    for old, new in CORRECTIONS.get(name, ()):
        source = source.replace(old, new, 1)
    for english, others in _PHRASES.items():
        said = others.get(language, english)
        for before, after in QUOTES:
            source = source.replace(f"{before}{english}{after}", f"{before}{said}{after}")
    return source


QUOTES: Final = (('"', '"'), ("`", "`"), (">", "<"))
"""What is before and behind a phrase in SimCord's source."""
