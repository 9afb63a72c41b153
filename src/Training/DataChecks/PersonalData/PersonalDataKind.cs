namespace MedicalGpt.Training.DataChecks;

/// <summary>What a piece of personal data is.</summary>
public enum PersonalDataKind
{
    /// <summary>A Chinese resident identity number with a right check digit.</summary>
    ChineseId,

    /// <summary>A telephone number (Chinese mobile or landline, North American).</summary>
    Phone,

    /// <summary>An e-mail address.</summary>
    Email,

    /// <summary>A medical record, admission or outpatient number: digits behind a word that says so.</summary>
    RecordNumber,

    /// <summary>A United States social security number.</summary>
    SocialSecurity,
}
