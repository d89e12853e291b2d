using OrleansBilling.Core.Validation;

namespace OrleansBilling.Core.Devices;

/// <summary>The words of <see cref="LifecycleState"/> and what they allow.</summary>
public static class LifecycleStates
{
    /// <summary>Every word, for messages.</summary>
    public static string All => WordTable<LifecycleState>.Instance.All;

    /// <summary>The state of a word; false when there is none.</summary>
    public static bool TryParse(string word, out LifecycleState state) =>
        WordTable<LifecycleState>.Instance.TryRead(word, out state);

    /// <summary>The word of a state.</summary>
    public static string Word(LifecycleState state) => WordTable<LifecycleState>.Instance.Write(state);

    /// <summary>Whether usage of a device in this state is billed.</summary>
    public static bool BillsUsage(this LifecycleState state) => state is LifecycleState.Active or LifecycleState.Standby;
}
