// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/messagedigest.h"

#include <array>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace QtDelivery {

/*!
    \brief Computes the digest of a large message in a thread of its own, while the message is
   transmitted or received.

    Theory of operation
    -------------------
        node's thread                       worker
        add():     copies into the ring --> takes what is there, a piece at a time
        result():  "that was all"       --> goes through the rest, and ends

    The ring is all that is ever held: when it is full add() waits for the next piece, which takes
   as long as to compute it. So a message may be as long as it likes, and at its end there is a ring
   at most to be waited for.

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
    [[nodiscard]] QByteArray result() override;

    /*! A shorter message is not worth a thread. */
    static constexpr quint64 MinSize = 1 << 20;

private:
    static constexpr size_t RingSize = 512 * 1024; // stays in the processor's cache
    static constexpr size_t Piece = 64 * 1024;

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

    void run();
    void end(Ending ending);
    [[nodiscard]] char *at(quint64 position) { return m_ring.data() + position % RingSize; }
    /*! Bytes from \a position to the end of the ring's memory. */
    [[nodiscard]] static size_t stretch(quint64 position) { return RingSize - position % RingSize; }

    std::unique_ptr<Slot> m_slot;

    std::mutex m_mutex; // for these
    std::condition_variable m_more;
    std::condition_variable m_less;
    quint64 m_added = 0; // the ring's memory from here on is of the node's thread
    quint64 m_computed = 0; // and from here on of the worker
    Ending m_ending = Ending::No;

    std::array<char, RingSize> m_ring;
    QCryptographicHash m_hash{QCryptographicHash::Blake2b_256}; // the worker's while it runs
    std::thread m_thread;
};

} // namespace QtDelivery
