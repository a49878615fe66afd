// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "threadeddigest.h"

#include <algorithm>
#include <atomic>
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
    for (; !bytes.isEmpty(); bytes = bytes.sliced(std::min(MaxPiece, bytes.size())))
        push(bytes.first(std::min(MaxPiece, bytes.size())).toByteArray(), MaxCopied);
}

void ThreadedDigest::addInPlace(QByteArrayView bytes)
{
    push(QByteArray::fromRawData(bytes.data(), bytes.size()), MaxInPlace);
}

void ThreadedDigest::push(QByteArray piece, qsizetype most)
{
    {
        std::unique_lock lock(m_mutex);
        if (m_waiting >= most)
            awaitUntil(most - 4 * MaxPiece, lock); // to be woken for each one takes longer
        m_waiting += piece.size();
        m_pieces.push_back(std::move(piece));
    }
    m_more.notify_one();
}

void ThreadedDigest::settle()
{
    std::unique_lock lock(m_mutex);
    awaitUntil(0, lock);
}

void ThreadedDigest::awaitUntil(qsizetype waiting, std::unique_lock<std::mutex> &lock)
{
    m_awaited = waiting;
    m_less.wait(lock, [this] { return m_waiting <= m_awaited; });
    m_awaited = -1;
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
    std::vector<QByteArray> taken;
    for (;;) {
        {
            std::unique_lock lock(m_mutex);
            m_more.wait(lock, [this] { return !m_pieces.empty() || m_ending != Ending::No; });
            if (m_ending == Ending::Now || m_pieces.empty())
                return;
            taken.swap(m_pieces);
        }
        for (const QByteArray &piece : taken) {
            if (!compute(piece))
                return;
        }
        taken.clear();
    }
}

/*! False if nobody wants to know any more. */
bool ThreadedDigest::compute(QByteArrayView bytes)
{
    while (!bytes.isEmpty()) {
        const qsizetype size = std::min(MaxPiece, bytes.size());
        m_hash.addData(bytes.first(size));
        bytes = bytes.sliced(size);
        const std::lock_guard lock(m_mutex);
        if (m_ending == Ending::Now)
            return false;
        m_waiting -= size;
        if (m_waiting <= m_awaited)
            m_less.notify_one();
    }
    return true;
}

} // namespace QtDelivery
