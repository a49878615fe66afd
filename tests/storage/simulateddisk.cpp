// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "simulateddisk.h"

#include <algorithm>
#include <cstring>

namespace QtDelivery::Test {

class SimulatedDisk::OpenFile final : public File
{
public:
    OpenFile(SimulatedDisk *disk, std::shared_ptr<Inode> inode)
        : m_disk(disk)
        , m_inode(std::move(inode))
    { }

    Result<qint64> size() override { return m_inode->now.size(); }

    Error read(qint64 offset, char *data, qint64 size) override
    {
        if (Error error = m_disk->begin(Call::Read))
            return error;
        if (offset + size > m_inode->now.size())
            return failure();
        std::memcpy(data, m_inode->now.constData() + offset, size_t(size));
        return {};
    }

    Error write(qint64 offset, QByteArrayView bytes) override
    {
        const bool wasOff = m_disk->isOff();
        const Error error = m_disk->begin(Call::Write);
        if (wasOff || (error && m_disk->chance()))
            return error; // else a part of it was written
        const qint64 size = error && !m_disk->isOff() ? bytes.size() / 2 : bytes.size();
        const qint64 growth = offset + size - m_inode->now.size();
        if (growth > 0 && m_disk->isFullWith(growth))
            return failure(Error::Code::StorageFull);
        if (offset + size > m_inode->now.size())
            m_inode->now.resize(offset + size, '\0');
        std::memcpy(m_inode->now.data() + offset, bytes.data(), size_t(size));
        for (qint64 sector = offset / Sector; sector * Sector < offset + size; ++sector)
            m_inode->dirty.insert(sector);
        return error;
    }

    Error sync() override
    {
        const Error error = m_disk->begin(Call::Sync);
        if (!m_disk->isOff())
            m_disk->sync(*m_inode, !error); // else reboot() decides
        return error;
    }

private:
    SimulatedDisk *const m_disk;
    const std::shared_ptr<Inode> m_inode;
};

class SimulatedDisk::Lock final : public FileLock
{
public:
    explicit Lock(bool *isLocked)
        : m_isLocked(isLocked)
    {
        *isLocked = true;
    }
    ~Lock() override { *m_isLocked = false; }
    Q_DISABLE_COPY_MOVE(Lock)

private:
    bool *const m_isLocked;
};

SimulatedDisk::SimulatedDisk(quint32 seed)
    : m_rng(seed)
{ }

Error SimulatedDisk::failure(Error::Code code)
{
    return {code, QStringLiteral("The simulated disk does not want to.")};
}

void SimulatedDisk::reboot()
{
    // Any of the changes of names that were not synced may be there.
    for (const Change &change : m_changes) {
        if (chance())
            change(m_durableNames);
    }
    for (const auto &inode : std::as_const(m_durableNames)) {
        sync(*inode, false);
        inode->now = inode->durable;
    }
    m_names = m_durableNames;
    m_changes.clear();
    m_isOff = false;
    m_crashStep = -1;
}

qint64 SimulatedDisk::usedBytes() const
{
    qint64 bytes = 0;
    for (const auto &inode : m_names)
        bytes += inode->now.size();
    return bytes;
}

QMap<QString, QByteArray> SimulatedDisk::files() const
{
    QMap<QString, QByteArray> files;
    for (auto it = m_names.begin(); it != m_names.end(); ++it)
        files.insert(it.key(), it.value()->now);
    return files;
}

void SimulatedDisk::setFiles(const QMap<QString, QByteArray> &files)
{
    m_names.clear();
    m_changes.clear();
    for (auto it = files.begin(); it != files.end(); ++it)
        m_names.insert(it.key(), std::make_shared<Inode>(Inode{it.value(), it.value(), {}}));
    m_durableNames = m_names;
}

QString SimulatedDisk::path(const QString &name) const
{
    return QStringLiteral("/simulated/") + name;
}

Result<QStringList> SimulatedDisk::list()
{
    if (Error error = begin(Call::Read))
        return error;
    return QStringList(m_names.keys());
}

Result<std::unique_ptr<FileLock>> SimulatedDisk::lock(const QString &)
{
    if (Error error = begin(Call::Lock))
        return error;
    if (m_isLocked)
        return failure(Error::Code::StorageInUse);
    return std::unique_ptr<FileLock>(std::make_unique<Lock>(&m_isLocked));
}

Result<std::unique_ptr<File>> SimulatedDisk::open(const QString &name, Access)
{
    if (Error error = begin(Call::Open))
        return error;
    if (!m_names.contains(name))
        return failure();
    return std::unique_ptr<File>(std::make_unique<OpenFile>(this, m_names.value(name)));
}

Result<std::unique_ptr<File>> SimulatedDisk::create(const QString &name, qint64 size)
{
    if (Error error = begin(Call::Create))
        return error;
    change([name](Names &names) { names.remove(name); });
    if (isFullWith(size))
        return failure(Error::Code::StorageFull);
    auto inode = std::make_shared<Inode>();
    inode->now = QByteArray(size, '\0');
    for (qint64 sector = 0; sector * Sector < size; ++sector)
        inode->dirty.insert(sector);
    change([name, inode](Names &names) { names.insert(name, inode); });
    return std::unique_ptr<File>(std::make_unique<OpenFile>(this, inode));
}

Error SimulatedDisk::rename(const QString &from, const QString &to)
{
    const bool wasOff = m_isOff;
    const Error error = begin(Call::Rename);
    if (wasOff || (error && !m_isOff))
        return error;
    const auto inode = m_names.value(from);
    if (!inode)
        return failure();
    change([=](Names &names) {
        names.remove(from);
        names.insert(to, inode);
    });
    return error;
}

Error SimulatedDisk::remove(const QString &name)
{
    if (Error error = begin(Call::Remove))
        return error;
    change([name](Names &names) { names.remove(name); });
    return {};
}

Error SimulatedDisk::syncDirectory()
{
    if (Error error = begin(Call::SyncDirectory))
        return error;
    m_durableNames = m_names;
    m_changes.clear();
    return {};
}

/*! Off after this call: it may still have an effect, but none that is sure to last. */
Error SimulatedDisk::begin(Call call)
{
    if (m_isOff)
        return failure();
    const int step = m_steps++;
    ++m_counts[call];
    if (step == m_crashStep) {
        m_isOff = true;
        return failure();
    }
    return m_fault ? m_fault(call, step) : Error();
}

void SimulatedDisk::change(const Change &change)
{
    change(m_names);
    m_changes.push_back(change);
}

/*! Without \a all: what the disk has of the dirty sectors is chance; none is written later. */
void SimulatedDisk::sync(Inode &inode, bool all)
{
    if (inode.durable.size() < inode.now.size())
        inode.durable.resize(inode.now.size(), '\0');
    for (const qint64 sector : std::as_const(inode.dirty)) {
        const qint64 from = sector * Sector;
        const qint64 size = std::min(Sector, qint64(inode.now.size()) - from);
        if (all || chance())
            std::memcpy(inode.durable.data() + from, inode.now.constData() + from, size_t(size));
    }
    inode.dirty.clear();
}

} // namespace QtDelivery::Test
