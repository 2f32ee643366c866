// SPDX-License-Identifier: GPL-3.0-or-later
//
// dsmsg-sim: the deterministic simulator as a program, shipped so that anyone can repeat the proof (PROOF.md,
// 1).
#include <iostream>

#include "app/sim/Arguments.h"
#include "app/sim/Campaign.h"

int main(int argc, char** argv)
{
    const auto arguments = dsmsg::sim::parseArguments(argc, argv);
    if (!arguments) {
        std::cerr << arguments.error().text << '\n';
        return 2;
    }
    if (arguments->help) {
        std::cout << dsmsg::sim::helpText();
        return 0;
    }
    return arguments->trace ? dsmsg::sim::runTraced(*arguments) : dsmsg::sim::runCampaign(*arguments);
}
