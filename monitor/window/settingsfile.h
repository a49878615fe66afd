// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QSettings>

#include <memory>

namespace Monitor {

/*! \brief What the windows keep between two runs. A file that cannot be read is put aside, and the
   defaults are used. */
class SettingsFile
{
public:
    static constexpr int Version = 1;

    /*! Of the user, or at \a path. */
    explicit SettingsFile(const QString &path = {});

    [[nodiscard]] QSettings &settings() { return *m_settings; }
    /*! What was wrong with the file, as a whole sentence; empty if nothing was. */
    [[nodiscard]] const QString &problem() const { return m_problem; }

private:
    std::unique_ptr<QSettings> m_settings;
    QString m_problem;
};

} // namespace Monitor
