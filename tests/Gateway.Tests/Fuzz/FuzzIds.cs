using OrleansBilling.Gateway.Tests.Access;

namespace OrleansBilling.Gateway.Tests.Fuzz;

/// <summary>
/// Ids that requests use: what a world has, and a few more that may come into being. They are few, so that requests meet each other's
/// results, and so that a long run does not fill the memory with things that are kept on purpose.
/// </summary>
internal sealed class FuzzIds(AccessWorld world)
{
    private static readonly Dictionary<string, string[]> Known = new(StringComparer.Ordinal)
    {
        ["tenant"] = ["{tenant}"],
        ["key"] = ["{key-a}", "{key-b}", "{key-c}", "{key-d}"],
        ["meter"] = ["m-own", "register-own", "energy"],
        ["plan"] = ["p-own", "quota-own", "both", "home"],
        ["customer"] = ["c-own", "other", "both"],
        ["subscription"] = ["s-own", "cancelled-own", "paused-own", "resumed-own", "quota-own", "both"],
        ["device"] = ["d-own", "moved-own", "state-own", "quota-own", "loose-own"],
        ["event"] = ["e-own", "f-own", "q-own", "reading-own"],
        ["wallet"] = ["w-own"],
        ["grant"] = ["g-own", "h-own"],
        ["agreement"] = ["a-own"],
        ["migration"] = ["mig-own"],
        ["change"] = ["change-own", "pause-own"],
        ["charge"] = ["energy-own", "base", "register-own", "energy"],
        ["reservation"] = ["r-own", "rpc-own"],
        ["re-rating"] = ["rr-own"],
        ["job"] = ["job-own"],
        ["invoice"] = ["{invoice}"],
        ["kind"] = ["external", "imsi", "iccid", "mac", "paid", "promotional", "recurring", "usage", "oneTime"],
        ["value"] = ["tag-own", "262011234567890", "1", "12.5"],
        ["n"] = ["1", "2", "3"],
    };

    /// <summary>An id for a parameter of an address or a property; null when the name is none of a concept.</summary>
    public string? Of(string name, Random random)
    {
        var concept = name switch
        {
            "plans" or "subscriptions" or "devices" or "customers" or "meters" => name[..^1],
            _ => name,
        };
        if (!Known.TryGetValue(concept, out var ids))
        {
            return null;
        }
        return random.Next(8) == 0 && concept is not ("kind" or "n") ? $"{concept}-{random.Next(5)}" : world.Own(ids[random.Next(ids.Length)]);
    }

    /// <summary>The concept of <c>{id}</c>, or of the property <c>id</c>, under an address.</summary>
    public static string ConceptOf(string collection) => collection switch
    {
        "re-ratings" => "re-rating",
        "cancel" or "pause" or "resume" or "changes" => "change",
        "void" or "amend" or "corrections" or "discard" => "event",
        "batch" => "device",
        "packs" => "grant",
        _ => collection.TrimEnd('s'),
    };
}
