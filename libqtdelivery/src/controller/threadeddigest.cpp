// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "threadeddigest.h"

#include <algorithm>
#include <atomic>
#include <cstring>
#include <system_error>

namespace QtDelivery {

namespace {

std::atomic<unsigned> usedSlots = 0;

unsigned slotCount()
{
    static const unsigned processors = std::thread::hardware_concurrency();
    return processors > 1 ? processors : 0; // 0 also stands for "not known"
}

} // namespace

ThreadedDigest::Slot::Slot()
    : m_isTaken(usedSlots.fetch_add(1) < slotCount())
{ }

ThreadedDigest::Slot::~Slot()
{
    usedSlots.fetch_sub(1);
}

std::unique_ptr<DigestStream> ThreadedDigest::make(quint64 totalSize)
{
    if (totalSize < MinSize)
        return DirectDigest::make(totalSize);
    auto slot = std::make_unique<Slot>();
    if (!slot->isTaken())
        return DirectDigest::make(totalSize);
    std::unique_ptr<ThreadedDigest> digest(new ThreadedDigest(std::move(slot)));
    try {
        digest->m_thread = std::thread(&ThreadedDigest::run, digest.get());
    } catch (const std::system_error &) { // the process may have no more threads
        return DirectDigest::make(totalSize);
    }
    return digest;
}

ThreadedDigest::ThreadedDigest(std::unique_ptr<Slot> slot)
    : m_slot(std::move(slot))
{ }

ThreadedDigest::~ThreadedDigest()
{
    end(Ending::Now);
}

void ThreadedDigest::add(QByteArrayView bytes)
{
    while (!bytes.isEmpty()) {
        std::unique_lock lock(m_mutex);
        m_less.wait(lock, [this] { return m_added - m_computed < RingSize; });
        const size_t room = RingSize - size_t(m_added - m_computed);
        const size_t size = std::min({room, stretch(m_added), size_t(bytes.size())});
        lock.unlock();
        std::memcpy(at(m_added), bytes.data(), size);
        bytes = bytes.sliced(qsizetype(size));
        lock.lock();
        m_added += size;
        lock.unlock();
        m_more.notify_one();
    }
}

QByteArray ThreadedDigest::result()
{
    end(Ending::AtTheEnd);
    m_slot.reset();
    return m_hash.result();
}

void ThreadedDigest::end(Ending ending)
{
    if (!m_thread.joinable())
        return;
    {
        const std::lock_guard lock(m_mutex);
        m_ending = ending;
    }
    m_more.notify_one();
    m_thread.join();
}

void ThreadedDigest::run()
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_more.wait(lock, [this] { return m_computed < m_added || m_ending != Ending::No; });
        if (m_ending == Ending::Now || m_computed == m_added)
            return;
        const size_t size = std::min({size_t(m_added - m_computed), stretch(m_computed), Piece});
        lock.unlock();
        m_hash.addData(QByteArrayView(at(m_computed), qsizetype(size)));
        lock.lock();
        m_computed += size;
        m_less.notify_one();
    }
}

} // namespace QtDelivery
