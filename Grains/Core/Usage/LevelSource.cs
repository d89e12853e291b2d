namespace OrleansBilling.Core.Usage;

/// <summary>What the records of a level say of it.</summary>
public enum LevelSource
{
    /// <summary>The new level; of several at one instant the greatest counts.</summary>
    Level,

    /// <summary>By how much the level changes; a level that would be below 0 counts as 0 until it is above again.</summary>
    Change,

    /// <summary>Whether a value is there (1) or not (0); of several at one instant the least counts: what is removed is
    /// gone.</summary>
    Member,
}
