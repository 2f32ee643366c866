# SPDX-License-Identifier: GPL-3.0-or-later
#
# Makes a node that lies: a copy of the driver's way of a write that acknowledges in every mode what only the leader
# has on disk. The production source carries no switch for this; a text that is no longer found fails the build
# instead of making a node that does not lie.
#
# cmake -DFROM=core/node/DriverWrites.cpp -DTO=copy.cpp -P WrongNode.cmake
file(READ "${FROM}" text)
foreach(change "options_.mode == ReplicationMode::Async|true" "options_.mode != ReplicationMode::Async|false")
  string(REPLACE "|" ";" change "${change}")
  list(GET change 0 old)
  list(GET change 1 new)
  string(FIND "${text}" "${old}" at)
  if(at EQUAL -1)
    message(FATAL_ERROR "${FROM} has no \"${old}\" any more: teach tests/torture/WrongNode.cmake to lie anew")
  endif()
  string(REPLACE "${old}" "${new}" text "${text}")
endforeach()
file(WRITE "${TO}" "${text}")
