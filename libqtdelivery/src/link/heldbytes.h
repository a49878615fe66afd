// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QHash>
#include <QString>

#include <memory>

namespace QtDelivery {

/*! \brief Counts the memory that links take for their peers, against what each peer and all of them
    may take.

    Nothing is asked before memory is taken: it grows by what has arrived or was offered, and the
   links are looked at after each reading and writing. So a limit is exceeded by one reading at
   most. */
class HeldBytes
{
public:
    /*! What one link holds, and whom it is counted to. */
    class Share
    {
    public:
        [[nodiscard]] qint64 bytes() const { return m_bytes; }

    private:
        friend class HeldBytes;
        qint64 m_bytes = 0;
        QString m_peer;
        std::shared_ptr<qint64> m_ofPeer;
    };

    HeldBytes(qint64 maxPerPeer, qint64 max)
        : m_maxPerPeer(maxPerPeer)
        , m_max(max)
    { }

    /*! A share of \a peer, which may have others; an empty one is a peer of its own. */
    [[nodiscard]] Share open(const QString &peer);
    void close(Share *share);
    /*! The link of \a share now holds \a bytes. */
    void set(Share *share, qint64 bytes)
    {
        const qint64 more = bytes - share->m_bytes;
        share->m_bytes = bytes;
        *share->m_ofPeer += more;
        m_total += more;
    }

    [[nodiscard]] bool isTooMuch() const { return m_total > m_max; }
    [[nodiscard]] bool isTooMuch(const Share &share) const
    {
        return *share.m_ofPeer > m_maxPerPeer;
    }
    /*! Whether one more link of \a peer would begin above a limit: its name, or null. */
    [[nodiscard]] const char *limitAgainst(const QString &peer) const;
    [[nodiscard]] qint64 total() const { return m_total; }

private:
    const qint64 m_maxPerPeer;
    const qint64 m_max;
    qint64 m_total = 0;
    QHash<QString, std::shared_ptr<qint64>> m_peers; // that have a share and a name
};

} // namespace QtDelivery
