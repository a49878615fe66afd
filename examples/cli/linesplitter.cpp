// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "linesplitter.h"

namespace Cli {

void LineSplitter::append(QByteArrayView bytes)
{
    // What was taken is dropped here and not in takeLine(): one move for many lines.
    if (m_begin > 0) {
        m_bytes.remove(0, m_begin);
        m_searched -= m_begin;
        m_begin = 0;
    }
    m_bytes.append(bytes);
}

void LineSplitter::finish()
{
    if (m_begin < m_bytes.size() && !m_bytes.endsWith('\n'))
        m_bytes.append('\n');
}

bool LineSplitter::hasLine() const
{
    const qsizetype newline = m_bytes.indexOf('\n', m_searched);
    m_searched = newline < 0 ? m_bytes.size() : newline;
    return newline >= 0;
}

std::optional<QByteArray> LineSplitter::takeLine()
{
    if (!hasLine())
        return std::nullopt;
    QByteArray line = m_bytes.mid(m_begin, m_searched - m_begin);
    m_begin = m_searched = m_searched + 1;
    return line;
}

} // namespace Cli
