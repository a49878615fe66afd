// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/monitorclient.h>

#include <QFile>
#include <QObject>

#include <functional>
#include <map>
#include <memory>

namespace Monitor {

/*! \brief Writes what processes send to a file.

    It watches them itself, beside what the windows show: so a recording begins with everything
   there is, whenever it begins. */
class Recorder : public QObject
{
    Q_OBJECT

public:
    static constexpr qint64 DefaultMaxBytes = 1024LL * 1024 * 1024;

    /*! Lets a client watch a source. */
    using Connector = std::function<void(QtDelivery::MonitorClient *, const QString &)>;

    explicit Recorder(QObject *parent = nullptr);
    /*! With a \a connector for sources that are no sockets, too. */
    explicit Recorder(Connector connector, QObject *parent = nullptr);
    ~Recorder() override;

    /*! Why it cannot, as a whole sentence; empty if it records. What is at \a path is replaced. */
    [[nodiscard]] QString start(const QString &path, qint64 maxBytes = DefaultMaxBytes);
    /*! These are recorded, and those before that still run. */
    void follow(const QStringList &socketPaths);
    void stop();

    [[nodiscard]] bool isRecording() const { return m_file.isOpen(); }
    [[nodiscard]] QString path() const { return m_file.fileName(); }
    [[nodiscard]] qint64 bytes() const { return m_bytes; }

Q_SIGNALS:
    /*! It has stopped by itself, for \a reason. */
    void stopped(const QString &reason);

private:
    struct Source
    {
        QtDelivery::MonitorClient client;
        quint16 number = 0;
        QStringList flows;
        bool hasEnded = false;
    };

    void watch(const QString &socketPath);
    void write(const QByteArray &bytes);
    void fail(const QString &reason);

    const Connector m_connector;
    QFile m_file;
    qint64 m_bytes = 0;
    qint64 m_maxBytes = DefaultMaxBytes;
    int m_sourceCount = 0;
    std::map<QString, std::unique_ptr<Source>> m_sources;
};

} // namespace Monitor
