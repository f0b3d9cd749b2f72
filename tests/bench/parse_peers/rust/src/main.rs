// feed-rs over every file of a folder: NAME TAB FILE TAB megabytes a CPU second TAB items.
use cpu_time::ProcessTime;

fn parse(bytes: &[u8]) -> usize {
    feed_rs::parser::parse(bytes).map(|feed| feed.entries.len()).unwrap_or(0)
}

fn main() {
    let folder = std::env::args().nth(1).expect("folder");
    let mut files: Vec<_> = std::fs::read_dir(folder).expect("folder").map(|f| f.unwrap().path()).collect();
    files.sort();
    for file in files {
        let bytes = std::fs::read(&file).expect("file");
        let mut items = parse(&bytes);
        let mut best = 0.0f64;
        for _ in 0..3 {
            let begin = ProcessTime::now();
            let mut runs = 0;
            while runs == 0 || begin.elapsed().as_secs_f64() < 0.2 {
                items = parse(&bytes);
                runs += 1;
            }
            let rate = (runs * bytes.len()) as f64 / begin.elapsed().as_secs_f64() / 1e6;
            best = best.max(rate);
        }
        println!("feed-rs\t{}\t{:.3}\t{}", file.file_name().unwrap().to_str().unwrap(), best, items);
    }
}
