// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "storage/filesystem.h"

#include <QMap>
#include <QString>

#include <functional>
#include <memory>
#include <random>
#include <set>
#include <vector>

namespace QtDelivery::Test {

/*! \brief A directory in memory that does to files what disks and systems do at the worst moment.

    What was written is lost at a power failure unless it was synced, sector by sector, by chance;
   so are creations, renamings and removals. A failed sync keeps some sectors and drops the others,
   and the next one succeeds without them, as Linux does. Everything by chance comes from one seed.
 */
class SimulatedDisk final : public FileSystem
{
public:
    static constexpr qint64 Sector = 512;

    enum class Call { Open, Create, Read, Write, Sync, Rename, Remove, SyncDirectory, Lock };
    /*! Decides about each call, which has the number \a step; no error: it works. */
    using Fault = std::function<Error(Call call, int step)>;

    explicit SimulatedDisk(quint32 seed = 1);

    // ---- faults
    void setFault(Fault fault) { m_fault = std::move(fault); }
    /*! The power fails during this call, counted as steps() does. */
    void crashAt(int step) { m_crashStep = step; }
    [[nodiscard]] bool isOff() const { return m_isOff; }
    /*! The power is there again, and of what was not synced only some. */
    void reboot();
    void setCapacity(qint64 bytes) { m_capacity = bytes; }
    /*! Something that a fault may answer. */
    [[nodiscard]] static Error failure(Error::Code code = Error::Code::StorageFailed);

    // ---- what happened
    [[nodiscard]] int steps() const { return m_steps; }
    [[nodiscard]] int count(Call call) const { return m_counts.value(call); }
    [[nodiscard]] qint64 usedBytes() const;
    /*! All files, as a process sees them. */
    [[nodiscard]] QMap<QString, QByteArray> files() const;
    void setFiles(const QMap<QString, QByteArray> &files);

    // ---- FileSystem
    [[nodiscard]] QString path(const QString &name) const override;
    [[nodiscard]] Error createDirectory() override { return {}; }
    [[nodiscard]] Result<QStringList> list() override;
    [[nodiscard]] Result<std::unique_ptr<FileLock>> lock(const QString &name) override;
    [[nodiscard]] Result<std::unique_ptr<File>> open(const QString &name, Access access) override;
    [[nodiscard]] Result<std::unique_ptr<File>> create(const QString &name, qint64 size) override;
    [[nodiscard]] Error rename(const QString &from, const QString &to) override;
    [[nodiscard]] Error remove(const QString &name) override;
    [[nodiscard]] Error syncDirectory() override;

private:
    struct Inode
    {
        QByteArray now; // what processes read
        QByteArray durable; // what is there after a power failure, at least
        std::set<qint64> dirty; // sectors written since they were synced
    };
    using Names = QMap<QString, std::shared_ptr<Inode>>;
    using Change = std::function<void(Names &)>;
    class OpenFile;
    class Lock;

    [[nodiscard]] Error begin(Call call);
    void change(const Change &change);
    [[nodiscard]] bool isFullWith(qint64 more) const
    {
        return m_capacity >= 0 && usedBytes() + more > m_capacity;
    }
    [[nodiscard]] bool chance() { return m_rng() & 1; }
    void sync(Inode &inode, bool all);

    std::mt19937 m_rng;
    Fault m_fault;
    int m_crashStep = -1;
    bool m_isOff = false;
    qint64 m_capacity = -1;
    int m_steps = 0;
    QMap<Call, int> m_counts;
    Names m_names;
    Names m_durableNames;
    std::vector<Change> m_changes; // of names, since they were synced
    bool m_isLocked = false;
};

} // namespace QtDelivery::Test
