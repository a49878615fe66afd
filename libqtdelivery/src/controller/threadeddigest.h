// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/messagedigest.h"

#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

namespace QtDelivery {

/*!
    \brief Computes the digest of a large message in a thread of its own, while the message is
   transmitted or received.

    Theory of operation
    -------------------
        node's thread                             worker
        add():         copies into a piece  --+
        addInPlace():  names a piece        --+-> takes all pieces that wait, one after the other
        settle():      waits for all
        result():      "that was all"         --> goes through the rest, and ends

    Pieces that wait are bounded: when there are enough of them, add() waits for one to be computed.
   So a message may be as long as it likes, and at its end there is little to be waited for.

    The digest takes most of the time of a large message. While it was computed between the reading
   and the writing, the small messages of the other flows waited for it.
*/
class ThreadedDigest final : public DigestStream
{
public:
    /*! For DigestFactory. A short message, one for which there is no thread, and one more than the
     * machine has processors for, is computed at once. */
    [[nodiscard]] static std::unique_ptr<DigestStream> make(quint64 totalSize);

    /*! Gives up what is not computed, and joins the thread. */
    ~ThreadedDigest() override;

    void add(QByteArrayView bytes) override;
    void addInPlace(QByteArrayView bytes) override;
    void settle() override;
    [[nodiscard]] QByteArray result() override;

    /*! A shorter message is not worth a thread. */
    static constexpr quint64 MinSize = 1 << 20;

private:
    // What waits was copied, and stays in the processor's cache; or it is the message itself.
    static constexpr qsizetype MaxCopied = 512 * 1024;
    static constexpr qsizetype MaxInPlace = 4 * 1024 * 1024;
    static constexpr qsizetype MaxPiece = 64 * 1024; // of what is computed without a pause

    /*! One of as many as the machine has processors. */
    class Slot
    {
    public:
        Slot();
        ~Slot();
        Q_DISABLE_COPY_MOVE(Slot)
        [[nodiscard]] bool isTaken() const { return m_isTaken; }

    private:
        bool m_isTaken;
    };

    enum class Ending { No, AtTheEnd, Now };

    explicit ThreadedDigest(std::unique_ptr<Slot> slot);

    /*! Adds \a piece; if \a most bytes wait, when a few are done. */
    void push(QByteArray piece, qsizetype most);
    void awaitUntil(qsizetype waiting, std::unique_lock<std::mutex> &lock);
    void run();
    [[nodiscard]] bool compute(QByteArrayView bytes);
    void end(Ending ending);

    std::unique_ptr<Slot> m_slot;

    std::mutex m_mutex; // for these
    std::condition_variable m_more;
    std::condition_variable m_less;
    std::vector<QByteArray> m_pieces; // that the worker has not taken
    qsizetype m_waiting = 0; // bytes that are not computed
    qsizetype m_awaited = -1; // the node's thread sleeps until no more than these wait
    Ending m_ending = Ending::No;

    Blake2b m_hash; // the worker's while it runs
    std::thread m_thread;
};

} // namespace QtDelivery
