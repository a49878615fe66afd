// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "demo.h"

#include "demoworld.h"

namespace Monitor {

Demo::Demo(QObject *parent)
    : QObject(parent)
{ }

Demo::~Demo()
{
    m_thread.quit();
    m_thread.wait();
}

void Demo::start()
{
    if (isRunning())
        return;
    auto *const world = new DemoWorld; // ends with the thread
    world->moveToThread(&m_thread);
    connect(&m_thread, &QThread::started, world, &DemoWorld::begin);
    connect(&m_thread, &QThread::finished, world, &QObject::deleteLater);
    connect(world, &DemoWorld::begun, this, &Demo::begun);
    m_thread.start();
}

} // namespace Monitor
