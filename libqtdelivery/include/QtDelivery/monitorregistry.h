// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/qtdeliveryglobal.h>

#include <QList>
#include <QMetaType>
#include <QString>

namespace QtDelivery {

/*! \brief A node that can be watched: one running MonitorServer. */
struct QTDELIVERY_EXPORT MonitorProcess
{
    Q_GADGET
    Q_PROPERTY(qint64 pid MEMBER pid)
    Q_PROPERTY(int number MEMBER number)
    Q_PROPERTY(QString program MEMBER program)
    Q_PROPERTY(QString socketPath MEMBER socketPath)

public:
    qint64 pid = 0; //!< of the process
    int number = 0; //!< of the server within its process, which may have several nodes; from 1
    QString program = {}; //!< the file name of the program, shortened to what file names allow
    QString socketPath = {}; //!< for MonitorClient::connectTo()

    /*! Equal in every member. */
    friend bool operator==(const MonitorProcess &, const MonitorProcess &) = default;
};

/*! \brief The directory in which running nodes are found: one socket each, named
    `<pid>-<number>-<program>.sock`.

    It is `qtdelivery/` in the user's runtime directory, or, where there is none, in the user's
   cache directory. Only the user may enter it. All functions may be called in any thread. */
class QTDELIVERY_EXPORT MonitorRegistry
{
public:
    /*! The directory, which may not exist. */
    [[nodiscard]] static QString directory();

    /*! The nodes that can be watched, by pid and number. What processes have left behind that are
        gone is removed. */
    [[nodiscard]] static QList<MonitorProcess> processes();

    /*! What a socket's path says; a pid of 0 if it is not one of this registry. */
    [[nodiscard]] static MonitorProcess parse(const QString &socketPath);

    /*! A path for one more server of this process. */
    [[nodiscard]] static QString newSocketPath();
};

} // namespace QtDelivery

Q_DECLARE_METATYPE(QtDelivery::MonitorProcess)
