// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "nodeenvironment.h"

#include "core/frames.h"

#include <QRandomGenerator>
#include <QTimer>
#include <QtEndian>

namespace QtDelivery {

namespace {

class SystemEnvironment final : public NodeEnvironment
{
public:
    SystemEnvironment()
    {
        m_timer.setSingleShot(true);
        m_timer.setTimerType(Qt::PreciseTimer); // one per node; a coarse one may be 5 % late
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { m_wakeUp(); });
    }

    TimePoint now() const override { return std::chrono::steady_clock::now(); }
    quint64 random() override { return QRandomGenerator::system()->generate64(); }

    void setAlarm(std::optional<TimePoint> when) override
    {
        if (!when) {
            m_timer.stop();
            return;
        }
        using namespace std::chrono;
        const auto delay =
            ceil<milliseconds>(std::max(*when - now(), steady_clock::duration::zero()));
        m_timer.start(std::min<milliseconds>(delay, hours(1))); // an early alarm is harmless
    }

private:
    QTimer m_timer;
};

} // namespace

std::unique_ptr<Connection> NodeEnvironment::connectTo(const QUrl &url,
                                                       const NodeSettings &settings,
                                                       const TlsSettings &tls)
{
    return openConnection(url, settings, tls);
}

std::unique_ptr<Listener> NodeEnvironment::listen(const QUrl &url, const NodeSettings &settings,
                                                  const TlsSettings &tls, AcceptFunction accept,
                                                  Error *error)
{
    return openListener(url, settings, tls, std::move(accept), error);
}

std::unique_ptr<NodeEnvironment> systemEnvironment()
{
    return std::make_unique<SystemEnvironment>();
}

QByteArray drawNonce(NodeEnvironment &environment)
{
    QByteArray nonce(NonceSize, '\0');
    for (qsizetype i = 0; i < NonceSize; i += qsizetype(sizeof(quint64)))
        qToLittleEndian(environment.random(), nonce.data() + i);
    return nonce;
}

Incarnation drawIncarnation(NodeEnvironment &environment)
{
    Incarnation incarnation;
    while (incarnation.isNull())
        incarnation = {environment.random(), environment.random()};
    return incarnation;
}

} // namespace QtDelivery
