// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QFile>
#include <QString>

#include <sched.h>
#include <sys/mount.h>
#include <unistd.h>

namespace QtDelivery::Test {

/*! \brief A file system of a given size, which only this process and those that it starts can see
   and which ends with it.

    To be made at the very beginning of main(): threads that run already do not see it. */
class SmallDisk
{
public:
    /*! At \a path, an existing directory; \a size as in mount(8). */
    explicit SmallDisk(const QString &path, const QByteArray &size = QByteArrayLiteral("600k"))
        : m_path(path)
    {
        const QByteArray name = QFile::encodeName(path);
        m_isMounted = becomeAlone()
            && ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0
            && ::mount("tmpfs", name.constData(), "tmpfs", 0, ("size=" + size).constData()) == 0;
    }
    Q_DISABLE_COPY_MOVE(SmallDisk)
    ~SmallDisk()
    {
        if (m_isMounted)
            ::umount2(QFile::encodeName(m_path).constData(), MNT_DETACH);
    }

    /*! False if the system does not allow it to this user. */
    [[nodiscard]] bool isMounted() const { return m_isMounted; }
    [[nodiscard]] QString filePath(const QString &name) const { return m_path + u'/' + name; }

    /*! Takes all the room that is left. */
    void fill() const
    {
        QFile filler(filePath(fillerName()));
        if (!filler.open(QIODevice::WriteOnly | QIODevice::Unbuffered | QIODevice::Append))
            return;
        const QByteArray block(4096, 'x');
        while (filler.write(block) == block.size()) { }
    }
    /*! Nothing on it can be changed while \a readOnly; false if something is open for writing. */
    [[nodiscard]] bool setReadOnly(bool readOnly) const
    {
        return ::mount(nullptr, QFile::encodeName(m_path).constData(), nullptr,
                       MS_REMOUNT | (readOnly ? MS_RDONLY : 0), nullptr)
            == 0;
    }
    /*! Gives back what fill() took. */
    void makeRoom() const { QFile::remove(filePath(fillerName())); }

private:
    [[nodiscard]] static QString fillerName() { return QStringLiteral("filler"); }

    [[nodiscard]] static bool becomeAlone()
    {
        if (::unshare(CLONE_NEWNS) == 0)
            return true;
        const QByteArray map = "0 " + QByteArray::number(::getuid()) + " 1";
        if (::unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0)
            return false;
        QFile file(QStringLiteral("/proc/self/uid_map"));
        return file.open(QIODevice::WriteOnly | QIODevice::Unbuffered)
            && file.write(map) == map.size();
    }

    const QString m_path;
    bool m_isMounted = false;
};

} // namespace QtDelivery::Test
