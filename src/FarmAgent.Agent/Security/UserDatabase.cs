using System.Globalization;

namespace FarmAgent.Agent.Security;

/// <summary>Names of users and groups from <c>/etc/passwd</c> and <c>/etc/group</c> (passwd(5), group(5)). Read when asked: accounts change while a daemon runs.</summary>
internal sealed class UserDatabase(string passwdFile = "/etc/passwd", string groupFile = "/etc/group")
{
    /// <summary>Name of a user, or null.</summary>
    public string? NameOf(uint userId)
    {
        var id = userId.ToString(CultureInfo.InvariantCulture);
        return Entries(passwdFile).FirstOrDefault(fields => fields.Length > 2 && fields[2] == id)?[0];
    }

    /// <summary>Number of a group, or null.</summary>
    public uint? GroupIdOf(string name) =>
        Entries(groupFile).FirstOrDefault(fields => fields.Length > 2 && fields[0] == name) is { } entry
            && uint.TryParse(entry[2], NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id
            : null;

    private static IEnumerable<string[]> Entries(string file) => File.Exists(file) ? File.ReadLines(file).Select(line => line.Split(':')) : [];
}
