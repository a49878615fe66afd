// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QtGlobal>

#include <memory>

namespace QtDelivery {

/*! \brief BLAKE2b-256 (RFC 7693), by libsodium, which takes three quarters of the time that Qt's
   needs, or by Qt in a library that was built without. */
class Blake2b
{
public:
    Blake2b();
    ~Blake2b();
    Q_DISABLE_COPY_MOVE(Blake2b)

    void addData(QByteArrayView bytes);
    /*! 32 bytes; the last call. */
    [[nodiscard]] QByteArray result();

private:
    struct State;
    const std::unique_ptr<State> d;
};

} // namespace QtDelivery
