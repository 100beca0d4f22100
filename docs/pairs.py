"""How the site's search cuts a text into words: Chinese into pairs of neighbouring characters.

Sphinx's own way for Chinese needs jieba. Pairs find every word of two characters and more, without a dictionary, and
the page and the reader's question are cut alike, here in Python and there in JavaScript.
"""

import re

from sphinx.search import SearchLanguage

RUN = re.compile(r"[㐀-鿿]+|[A-Za-z0-9_]+")


class Pairs(SearchLanguage):
    lang = "pairs"
    language_name = "Chinese and English"
    js_splitter_code = r"""
function splitQuery(query) {
  const words = [];
  for (const run of query.match(/[㐀-鿿]+|[A-Za-z0-9_]+/g) || []) {
    if (/^\w/.test(run) || run.length < 3) words.push(run);
    else for (let at = 0; at + 1 < run.length; at++) words.push(run.slice(at, at + 2));
  }
  return words;
}
"""

    def split(self, input: str) -> list[str]:
        return [word for run in RUN.findall(input) for word in pairs(run)]

    def word_filter(self, word: str) -> bool:
        return len(word) > 1

    def stem(self, word: str) -> str:
        return word.lower()


def pairs(run: str) -> list[str]:
    if run.isascii() or len(run) < 3:
        return [run]
    return [run[at : at + 2] for at in range(len(run) - 1)]
