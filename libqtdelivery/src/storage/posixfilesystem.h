// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "filesystem.h"
#include "storagegauge.h"

namespace QtDelivery {

/*! \brief The system's files, by its plain calls: QFile cannot sync. */
class PosixFileSystem final : public FileSystem
{
public:
    /*! The syncs of files are counted by \a gauge, which may be null. */
    explicit PosixFileSystem(QString directory, StorageGauge *gauge = nullptr);

    [[nodiscard]] QString path(const QString &name) const override;
    [[nodiscard]] Error createDirectory() override;
    [[nodiscard]] Result<QStringList> list() override;
    [[nodiscard]] Result<std::unique_ptr<FileLock>> lock(const QString &name) override;
    [[nodiscard]] Result<std::unique_ptr<File>> open(const QString &name, Access access) override;
    [[nodiscard]] Result<std::unique_ptr<File>> create(const QString &name, qint64 size) override;
    [[nodiscard]] Error rename(const QString &from, const QString &to) override;
    [[nodiscard]] Error remove(const QString &name) override;
    [[nodiscard]] Error syncDirectory() override;

private:
    const QString m_directory;
    StorageGauge *const m_gauge;
};

} // namespace QtDelivery
