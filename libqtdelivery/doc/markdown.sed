# SPDX-FileCopyrightText: 2026 libqtdelivery contributors
# SPDX-License-Identifier: MIT

# Doxygen names the headings of a document in its own way, so that a link to one of them leads nowhere: it becomes a link
# to the document, or plain text within the same document.
s/\[([^]]+)\]\(#[^)]*\)/\1/g
s/\[([^]]+)\]\(([^)#]+)#[^)]*\)/[\1](\2)/g
