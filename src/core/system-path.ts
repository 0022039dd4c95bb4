/** Where the system's own programs are; what stands in the user's PATH does not matter to a monitor. */
export const systemPath = '/usr/bin:/bin:/usr/sbin:/sbin:/run/current-system/sw/bin:/run/current-system/profile/bin';
