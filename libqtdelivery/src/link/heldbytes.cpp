// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "heldbytes.h"

namespace QtDelivery {

HeldBytes::Share HeldBytes::open(const QString &peer)
{
    Share share;
    share.m_peer = peer;
    share.m_ofPeer = m_peers.value(peer);
    if (!share.m_ofPeer)
        share.m_ofPeer = std::make_shared<qint64>(0);
    if (!peer.isEmpty())
        m_peers.insert(peer, share.m_ofPeer);
    return share;
}

void HeldBytes::close(Share *share)
{
    set(share, 0);
    constexpr long LastShare = 2; // this one, and the table's
    if (!share->m_peer.isEmpty() && share->m_ofPeer.use_count() == LastShare)
        m_peers.remove(share->m_peer);
}

const char *HeldBytes::limitAgainst(const QString &peer) const
{
    const auto ofPeer = m_peers.constFind(peer);
    if (ofPeer != m_peers.cend() && **ofPeer > m_maxPerPeer)
        return "maxBytesHeldPerPeer";
    return isTooMuch() ? "maxBytesHeld" : nullptr;
}

} // namespace QtDelivery
