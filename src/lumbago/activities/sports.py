"""A device's, a service's or a person's word for a sport -> Sport and Ground; what is not in these lists stays unknown."""

from __future__ import annotations

import unicodedata

from lumbago.model.activities import Ground, Sport

_APPLE = "hkworkoutactivitytype"

# Where the words come from: the sport and sub_sport names of the FIT profile, types of Garmin's and Strava's own exports (in
# English and translated), Apple's HKWorkoutActivityType, the Sport of TCX, and what people write. Words are compared without
# spaces, signs, accents and capitals: "TrailRun", "trail_run" and "Trail run" are one.
_WORDS: tuple[tuple[Sport, Ground | None, str], ...] = (
    (
        Sport.RUNNING,
        None,
        "run, runs, running, run only, jog, jogging, easy run, long run, tempo run, interval run, intervals, "
        "recovery run, fartlek, race run, outdoor run, outdoor running, ultra, "
        "ultra run, ultra running, obstacle, obstacle run, obstacle running, parkrun, cross country running, "
        "lauf, laufen, jogginglauf, dauerlauf, langer lauf, ultralauf, hindernislauf, "
        "course, course à pied, footing, ultra trail running, carrera, correr, carrera a pie, "
        "corriendo, ultramaratón, corsa, correre, corsa a piedi, corrida, corrida a pé, correndo, hardloopsessie, "
        "hardlopen, hardloop, hardlooptraining, bieg, bieganie, löpning, løping, løb, juoksu, běh, koşu, бег, "
        "забег, ラン, ランニング, ジョギング, 달리기, 러닝, 跑步, 室外跑步, 户外跑步, 戶外跑步, 路跑",
    ),
    (
        Sport.RUNNING,
        Ground.ROAD,
        "street, street run, street running, road run, road running, straßenlauf, course sur route, "
        "carrera en ruta, corsa su strada, corrida de rua",
    ),
    (
        Sport.RUNNING,
        Ground.TRAIL,
        "trail, trail run, trail running, mountain running, fell running, traillauf, berglauf, geländelauf, "
        "course en sentier, course de trail, trail course à pied, carrera por montaña, carrera de montaña, "
        "carrera de trail, carrera por senderos, trailrun op onverharde ondergrond, corsa su sentiero, "
        "corsa in montagna, corsa trail, corrida em trilha, corrida de trilha, corrida em trilhas, "
        "trail de corrida, trailhardlopen, bieg terenowy, bieg przełajowy, トレイルラン, トレイルランニング, "
        "트레일 러닝, 越野跑, 越野跑步",
    ),
    (
        Sport.RUNNING,
        Ground.TRACK,
        "track, track run, track running, indoor track, bahnlauf, lauf auf der bahn, course sur piste, "
        "carrera en pista, corsa su pista, corrida em pista, トラックラン, 田径场跑步, 操场跑步",
    ),
    (
        Sport.RUNNING,
        Ground.TREADMILL,
        "treadmill, treadmill run, treadmill running, indoor run, indoor running, indoorlauf, laufen indoor, "
        "course en salle, 室内跑步, 室內跑步, virtual run, virtual running, laufband, laufbandtraining, "
        "laufbandlauf, laufen auf dem laufband, virtueller lauf, tapis de course, course sur tapis, "
        "course à pied sur tapis de course, course virtuelle, course à pied virtuelle, cinta, cinta de correr, "
        "carrera en cinta, carrera virtual, tapis roulant, corsa su tapis roulant, corsa virtuale, esteira, "
        "corrida em esteira, corrida na esteira, corrida virtual, loopband, hardlopen op loopband, "
        "virtuele hardloopsessie, virtuele run, bieżnia, bieg na bieżni, bieg wirtualny, トレッドミル, "
        "バーチャルラン, 跑步机, 跑步機, 虚拟跑步, 虛擬跑步",
    ),
    (
        Sport.WALKING,
        None,
        "walk, walks, walking, hike, hikes, hiking, casual walking, speed walking, race walking, indoor walk, "
        "indoor walking, outdoor walk, power walking, nordic walking, rucking, ruck, trekking, mountaineering, "
        "walking race, gehen, spaziergang, spazieren, wandern, wanderung, walken, bergsteigen, marche, "
        "marche à pied, randonnée, randonnée pédestre, marche nordique, caminata, caminar, andar, senderismo, "
        "excursión a pie, camminata, passeggiata, escursione, escursionismo, caminhada, wandeling, wandelen, "
        "hiken, spacer, chód, wędrówka, wycieczka piesza, ウォーク, ウォーキング, ハイキング, ハイク, 걷기, 步行, "
        "健走, 徒步, 远足, 遠足, 登山",
    ),
    (
        Sport.CYCLING,
        None,
        "ride, rides, bike, biking, bike ride, cycling, cycle, bicycle, e biking, e bike ride, "
        "e mountain bike ride, mountain bike ride, mountain biking, mountain bike, gravel ride, gravel cycling, "
        "gravel unpaved cycling, road cycling, road biking, road bike, virtual ride, indoor cycling, "
        "indoor biking, indoor ride, spin, spinning, bmx, cyclocross, track cycling, downhill biking, "
        "recumbent cycling, hand cycling, handcycle, velomobile, commuting cycling, e bike mountain, "
        "e bike fitness, radfahren, radfahrt, rad, rennrad, fahrrad, fahrradfahren, mountainbiken, "
        "virtuelle radfahrt, e bike fahrt, vélo, sortie à vélo, cyclisme, vtt, sortie vélo, vélo virtuel, "
        "ciclismo, bicicleta, vuelta en bicicleta, salida en bicicleta, bici, pedalata, giro in bici, pedalada, "
        "pedal, fietsen, fietsrit, wielrennen, jazda, jazda na rowerze, rower, ライド, サイクリング, "
        "バーチャルライド, 자전거, 骑行, 騎行, 骑车, 騎乘, 虚拟骑行",
    ),
    (
        Sport.SWIMMING,
        None,
        "swim, swims, swimming, lap swimming, pool swim, pool swimming, open water, open water swim, "
        "open water swimming, schwimmen, bahnschwimmen, freiwasserschwimmen, natation, nage, natación, nadar, "
        "nuoto, natação, zwemmen, zwemsessie, pływanie, スイム, 水泳, 수영, 游泳, 泳池游泳",
    ),
    (
        Sport.STRENGTH,
        None,
        "strength, strength training, weight training, weights, weight lifting, lifting, gym strength, "
        "traditional strength training, functional strength training, core training, crossfit, krafttraining, "
        "gewichtstraining, musculation, renforcement musculaire, entraînement aux poids, entrenamiento de fuerza, "
        "entrenamiento con pesas, fuerza, pesas, allenamento con i pesi, forza, pesi, treinamento com peso, "
        "treino de força, musculação, krachttraining, trening siłowy, ウェイトトレーニング, ウエイトトレーニング, "
        "筋トレ, 근력 운동, 力量训练, 力量訓練, 重量训练, 重量訓練",
    ),
    (
        Sport.OTHER,
        None,
        "other, workout, cardio, cardio training, indoor cardio, mixed cardio, hiit, "
        "high intensity interval training, cross training, fitness, yoga, pilates, flexibility training, "
        "stretching, breathwork, meditation, mind and body, mobility, cooldown, preparation and recovery, "
        "elliptical, elliptical trainer, stair climbing, stair stepper, stairs, stepper, rowing, indoor rowing, "
        "row, virtual row, paddling, kayaking, canoeing, rafting, stand up paddling, stand up paddleboarding, "
        "paddle sports, surfing, surfing sports, sailing, boating, kitesurf, kitesurfing, windsurf, windsurfing, "
        "wakeboarding, water skiing, water fitness, water sports, diving, alpine ski, alpine skiing, "
        "downhill skiing, backcountry ski, backcountry skiing, nordic ski, cross country skiing, resort skiing, "
        "resort skiing snowboarding, snow sports, roller ski, snowboard, snowboarding, snowshoe, snowshoeing, "
        "snowmobiling, ice skate, ice skating, skating, skating sports, inline skate, inline skating, skateboard, "
        "skateboarding, rock climbing, climbing, bouldering, indoor climbing, floor climbing, golf, disc golf, "
        "tennis, table tennis, pickleball, padel, badminton, squash, racquetball, racket, soccer, football, "
        "american football, basketball, volleyball, handball, rugby, hockey, cricket, baseball, softball, boxing, "
        "kickboxing, martial arts, wrestling, fencing, dance, dancing, social dance, cardio dance, barre, "
        "gymnastics, jump rope, track and field, horseback riding, equestrian sports, hunting, fishing, archery, "
        "driving, motorcycling, flying, hang gliding, sky diving, tactical, transition, transition v2, "
        "multisport, triathlon, duathlon, swim bike run, brick, wheelchair, wheelchair push walk, "
        "wheelchair push run, wheelchair walk pace, wheelchair run pace, hand cycling indoor, sonstiges, andere, "
        "rudern, langlauf, skilanglauf, skifahren, klettern, autre, entraînement, aviron, ski alpin, ski de fond, "
        "escalade, otro, otros, entrenamiento, remo, escalada, altro, allenamento, canottaggio, outro, outros, "
        "treino, overig, overige, roeien, inne, trening, ワークアウト, ヨガ, その他, 其他, 瑜伽, 体能训练",
    ),
    (Sport.UNKNOWN, Ground.ROAD, "road"),  # FIT says it of rides, people of runs
)


def bare(word: str) -> str:
    """A word without what people and programs write differently: capitals, accents, spaces and signs."""
    apart = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", word).casefold().replace("ł", "l"))
    unaccented = "".join(sign for sign in apart if not "\u0300" <= sign <= "\u036f")  # Japanese voicing marks stay
    return "".join(sign for sign in unicodedata.normalize("NFC", unaccented) if sign.isalnum())


_SPORTS = {bare(word): (sport, ground) for sport, ground, words in _WORDS for word in words.split(", ")}


def sport_of(word: str) -> tuple[Sport, Ground | None]:
    """The sport that a word names and, where it tells, the ground; (UNKNOWN, None) for a word not known or that does not tell.

    Of FIT, give sport and sub_sport one after the other: `generic`, `training` and `fitness_equipment` leave the sport unknown,
    and a sub_sport such as `treadmill` (a run's, in the FIT profile) tells it.

    >>> sport_of("Trail Run")
    (<Sport.RUNNING: 'running'>, <Ground.TRAIL: 'trail'>)
    """
    return _SPORTS.get(bare(word).removeprefix(_APPLE), (Sport.UNKNOWN, None))
