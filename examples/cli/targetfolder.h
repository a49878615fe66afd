// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/delivery.h>

#include <QCoreApplication>
#include <QString>

namespace Cli {

/*! The folder of `qtdelivery receive --into`: each message becomes a file under the name that the
    sender gives it, all of it at once.

    What arrives lies in a hidden folder within until it is complete; that folder is the same in
    each run, so one that was killed is gone on from. */
class TargetFolder
{
    Q_DECLARE_TR_FUNCTIONS(TargetFolder)

public:
    /*! \a replaces: a file that is there already makes way. */
    TargetFolder(const QString &path, bool replaces);
    ~TargetFolder();
    Q_DISABLE_COPY_MOVE(TargetFolder)

    /*! Makes the folders; a sentence if that is impossible. */
    [[nodiscard]] QString prepare() const;
    /*! Where the library may keep what arrives: on the same file system. */
    [[nodiscard]] QString spool() const;
    /*! The file is there, under its name and on the disk; else a sentence. A file of that name with
        the same bytes counts as this one: a former run has been ended before it could confirm. */
    [[nodiscard]] QString store(const QtDelivery::Delivery &delivery) const;

    /*! Writes \a bytes to the file \a path of the folder in one step; a sentence if that fails. */
    [[nodiscard]] QString writeBytes(const QByteArray &bytes, const QString &path) const;

    /*! A name that leads to a visible file of a folder and to nothing else. */
    [[nodiscard]] static bool isSafeName(const QString &name);

private:
    const QString m_path;
    const bool m_replaces;
};

} // namespace Cli
